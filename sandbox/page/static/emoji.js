// The shortcodes people and apps use most; an unknown one stays as it was typed.

const NAMES = `
smile 😄|grinning 😀|slightly_smiling_face 🙂|blush 😊|wink 😉|heart_eyes 😍|thinking_face 🤔|neutral_face 😐|joy 😂
relieved 😌|sweat_smile 😅|cry 😢|sob 😭|confused 😕|worried 😟|sleeping 😴|sunglasses 😎|hugging_face 🤗|nerd_face 🤓
wave 👋|clap 👏|raised_hands 🙌|pray 🙏|muscle 💪|ok_hand 👌|point_right 👉|point_left 👈|point_up ☝️|point_down 👇
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|handshake 🤝|raised_hand ✋|hand ✋|crossed_fingers 🤞|eyes 👀|ear 👂
heart ❤️|yellow_heart 💛|green_heart 💚|blue_heart 💙|sparkling_heart 💖|star ⭐|star2 🌟|sparkles ✨|fire 🔥|zap ⚡
tada 🎉|confetti_ball 🎊|balloon 🎈|gift 🎁|trophy 🏆|medal 🏅|dart 🎯|rocket 🚀|checkered_flag 🏁|triangular_flag_on_post 🚩
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|warning ⚠️|exclamation ❗|question ❓|no_entry ⛔|stop_sign 🛑
information_source ℹ️|bulb 💡|memo 📝|pencil 📝|pencil2 ✏️|books 📚|book 📖|bookmark 🔖|clipboard 📋|pushpin 📌|paperclip 📎
calendar 📅|date 📅|spiral_calendar_pad 🗓️|alarm_clock ⏰|clock9 🕘|hourglass ⌛|hourglass_flowing_sand ⏳|stopwatch ⏱️|bell 🔔|no_bell 🔕
email 📧|envelope ✉️|inbox_tray 📥|outbox_tray 📤|speech_balloon 💬|thought_balloon 💭|mega 📣|loudspeaker 📢|telephone_receiver 📞
lock 🔒|unlock 🔓|key 🔑|shield 🛡️|mag 🔍|link 🔗|gear ⚙️|wrench 🔧|hammer_and_wrench 🛠️|package 📦|chart_with_upwards_trend 📈|bar_chart 📊
coffee ☕|tea 🍵|cake 🍰|birthday 🎂|pizza 🍕|apple 🍎|seedling 🌱|herb 🌿|deciduous_tree 🌳|sunflower 🌻|sunny ☀️|rainbow 🌈|palm_tree 🌴
busts_in_silhouette 👥|bust_in_silhouette 👤|two_women_holding_hands 👭|people_holding_hands 🧑‍🤝‍🧑|technologist 🧑‍💻|house 🏠|office 🏢
arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|repeat 🔁|arrows_counterclockwise 🔄|heavy_plus_sign ➕|heavy_minus_sign ➖
red_circle 🔴|large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|white_circle ⚪|black_circle ⚫
one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|beach_with_umbrella 🏖️|face_with_thermometer 🤒|airplane ✈️|computer 💻|headphones 🎧`;

let table = null;

export function emoji(name) {
  table ??= new Map(NAMES.trim().split(/[|\n]/).map((pair) => pair.split(" ")));
  return table.get(name.split("::")[0]);
}
