// The page's own words in both languages. What the app says comes in the app's own language.

const EN = {
  actAs: "Act as", people: "Colleagues", conversations: "Conversations", you: "you",
  home: "Home", messages: "Messages", apps: "Apps", dms: "Direct messages", groups: "Group messages",
  channels: "Channels", private: "private channel", public: "channel", unread: "{n} unread",
  guest: "guest", admin: "admin", external: "other company", app: "app", gone: "deactivated", bot: "bot",
  members: "{n} members", back: "Back to the list", skip: "Skip to the conversation",
  onlyYou: "Only visible to you", edited: "edited", earlier: "Show earlier messages", fresh: "New",
  emptyTalk: "Nothing has been written here yet.", emptyTalkHint: "Try {command} to begin.",
  emptyHome: "The app has not drawn this page yet.", emptyHomeHint: "It appears as soon as the app answers.",
  write: "Write to {place}, or type / for a command", send: "Send", writeShort: "Write to {place}", shortcuts: "Shortcuts", commands: "Commands",
  moreActions: "More actions for this message", options: "More options",
  submit: "Submit", submitting: "Sending…", cancel: "Cancel", close: "Close", optional: "optional",
  goBack: "Back", layer: "{n} of {of}", yes: "Yes", no: "No",
  choose: "Choose…", chooseMany: "Choose one or more…", nothingFound: "Nothing found", typeMore: "Type {n} letters or more",
  looking: "Looking…", noAnswer: "The app gave no list. Try again.", remove: "Remove {name}", clear: "Clear", left: "{n} left", chosen: "{name}, chosen",
  time: "Workspace time", travel: "Travel in time", hour: "+1 hour", morning: "Next morning", monday: "Next Monday 9:00",
  event: "Next event", eventAt: "Next event: {when}", nothingPlanned: "Nothing is planned", date: "Go to a date",
  go: "Go", travelling: "Travelling…", noTraveller: "Time stands where it stands: nobody here can move the clock.",
  timeline: "What happened when", timelineEmpty: "What happens will be noted here.",
  inside: "Look inside", appCalls: "App → Slack", slackCalls: "Slack → app", hideReads: "Hide reads",
  noCalls: "No call yet.", arguments: "Arguments", response: "Response", readers: "Seen by {names}", nobody: "nobody",
  faults: "A bad day on purpose", fault: "What goes wrong", method: "On which call", anyMethod: "any call",
  times: "How often", seconds: "Seconds", inject: "Let it happen", clearFaults: "Clear all",
  noFaults: "Nothing will go wrong on purpose.", faultLine: "{kind} on {method}, {left} left", connections: "Open connections: {n}",
  disconnect: "cut the live connection now", attempts: "attempt {n}", waiting: "waiting",
  language: "Auf Deutsch", theme: "Light or dark", themeSystem: "as the system", themeLight: "light", themeDark: "dark",
  lost: "The connection is lost. Trying again…", failed: "That did not work: {why}", commandFailed: "{line} failed: {why}",
  alive: "Bringing a town to life…", aliveHint: "Some weeks are being lived through. It takes a few seconds.",
  nobodyHere: "Nobody lives here yet.", nobodyHereHint: "The page begins as soon as somebody moves in.",
  loading: "Loading…", image: "Picture: {alt}", unknownBlock: "A block of the kind “{kind}” cannot be shown here.",
  files: "Files", fileKind: "{kind} file", fileGone: "This file was deleted.", newTab: "opens in a new tab", keep: "Download {name}",
  fileKinds: { ics: "Calendar entry", csv: "Table, CSV", png: "Picture", pdf: "Document, PDF", binary: "File" },
  today: "Today", yesterday: "Yesterday", tomorrow: "tomorrow", newMessage: "New message from {name}",
  did: {
    command: "{who}: {what}", click: "{who} pressed a button", submit: "{who} sent a form", close: "{who} closed a form",
    shortcut: "{who} used a shortcut", say: "{who} wrote", arrive: "{who} arrived", profile: "{who}: profile changed",
    join: "{who} joined a channel", leave: "{who} left a channel", post: "Tandem wrote to {who}",
    change: "Tandem changed a message to {who}", delete: "Tandem took back a message", travel: "The clock moved",
    trouble: "Trouble: {what}",
  },
  problems: {
    operation_timeout: "the app did not answer in time", dispatch_failed: "the app could not be reached or refused",
    unknown_command: "there is no such command", gone: "this is not there any more",
    not_on_screen: "this has just changed, please look again", network: "no connection",
    only_forward: "time goes forward only", nothing_planned: "nothing is planned", travelling: "the clock is moving already",
    too_far: "that is too far, 400 days at most", stuck: "the clock got stuck on the way",
    cannot_invite: "nobody of that name can be invited here",
    "We had some trouble connecting. Try again?": "We had some trouble connecting. Try again?",
  },
  complaints: {},
};

const DE = {
  actAs: "Handeln als", people: "Kolleginnen und Kollegen", conversations: "Unterhaltungen", you: "du",
  home: "Start", messages: "Nachrichten", apps: "Apps", dms: "Direktnachrichten", groups: "Gruppennachrichten",
  channels: "Kanäle", private: "privater Kanal", public: "Kanal", unread: "{n} ungelesen",
  guest: "Gast", admin: "Admin", external: "andere Firma", app: "App", gone: "deaktiviert", bot: "Bot",
  members: "{n} Mitglieder", back: "Zurück zur Liste", skip: "Zur Unterhaltung springen",
  onlyYou: "Nur für dich sichtbar", edited: "bearbeitet", earlier: "Frühere Nachrichten zeigen", fresh: "Neu",
  emptyTalk: "Hier steht noch nichts.", emptyTalkHint: "Beginne zum Beispiel mit {command}.",
  emptyHome: "Die App hat diese Seite noch nicht gezeichnet.", emptyHomeHint: "Sie erscheint, sobald die App antwortet.",
  write: "Schreib an {place}, oder tippe / für einen Befehl", send: "Senden", writeShort: "Schreib an {place}", shortcuts: "Kurzbefehle", commands: "Befehle",
  moreActions: "Weitere Aktionen für diese Nachricht", options: "Weitere Möglichkeiten",
  submit: "Absenden", submitting: "Wird gesendet…", cancel: "Abbrechen", close: "Schließen", optional: "freiwillig",
  goBack: "Zurück", layer: "{n} von {of}", yes: "Ja", no: "Nein",
  choose: "Auswählen…", chooseMany: "Eines oder mehrere auswählen…", nothingFound: "Nichts gefunden",
  typeMore: "Tippe mindestens {n} Buchstaben", looking: "Wird gesucht…", noAnswer: "Die App hat keine Liste gegeben. Versuch es noch einmal.", remove: "{name} entfernen", clear: "Leeren",
  left: "noch {n}", chosen: "{name}, ausgewählt",
  time: "Zeit im Workspace", travel: "Durch die Zeit reisen", hour: "+1 Std.", morning: "Nächster Morgen",
  monday: "Montag 9:00", event: "Nächstes Ereignis", eventAt: "Nächstes Ereignis: {when}",
  nothingPlanned: "Es ist nichts geplant", date: "Zu einem Tag", go: "Los", travelling: "Unterwegs…",
  noTraveller: "Die Zeit bleibt, wo sie ist: Hier kann niemand die Uhr stellen.",
  timeline: "Was wann geschah", timelineEmpty: "Hier wird notiert, was geschieht.",
  inside: "Hineinschauen", appCalls: "App → Slack", slackCalls: "Slack → App", hideReads: "Ohne Lesezugriffe",
  noCalls: "Noch kein Aufruf.", arguments: "Argumente", response: "Antwort", readers: "Zu sehen für {names}",
  nobody: "niemanden", faults: "Ein schlechter Tag mit Absicht", fault: "Was schiefgeht", method: "Bei welchem Aufruf",
  anyMethod: "bei jedem Aufruf", times: "Wie oft", seconds: "Sekunden", inject: "Geschehen lassen", clearFaults: "Alle entfernen",
  noFaults: "Mit Absicht geht gerade nichts schief.", faultLine: "{kind} bei {method}, noch {left}×",
  connections: "Offene Verbindungen: {n}", disconnect: "die Verbindung jetzt trennen", attempts: "Versuch {n}", waiting: "wartet",
  language: "In English", theme: "Hell oder dunkel", themeSystem: "wie das System", themeLight: "hell", themeDark: "dunkel",
  lost: "Die Verbindung ist weg. Neuer Versuch…", failed: "Das hat nicht geklappt: {why}", commandFailed: "{line}: {why}",
  alive: "Eine kleine Stadt erwacht…", aliveHint: "Einige Wochen werden durchlebt. Das dauert ein paar Sekunden.",
  nobodyHere: "Hier wohnt noch niemand.", nobodyHereHint: "Die Seite beginnt, sobald jemand einzieht.",
  loading: "Wird geladen…", image: "Bild: {alt}", unknownBlock: "Ein Block der Art „{kind}“ lässt sich hier nicht zeigen.",
  files: "Dateien", fileKind: "{kind}-Datei", fileGone: "Diese Datei wurde gelöscht.", newTab: "öffnet sich in einem neuen Tab", keep: "{name} herunterladen",
  fileKinds: { ics: "Kalendereintrag", csv: "Tabelle, CSV", png: "Bild", pdf: "Dokument, PDF", binary: "Datei" },
  today: "Heute", yesterday: "Gestern", tomorrow: "morgen", newMessage: "Neue Nachricht von {name}",
  did: {
    command: "{who}: {what}", click: "{who} hat etwas angeklickt", submit: "{who} hat ein Formular gesendet",
    close: "{who} hat ein Formular geschlossen", shortcut: "{who} hat einen Kurzbefehl benutzt", say: "{who} hat geschrieben",
    arrive: "{who} ist angekommen", profile: "{who}: Profil geändert", join: "{who} ist einem Kanal beigetreten",
    leave: "{who} hat einen Kanal verlassen", post: "Tandem hat an {who} geschrieben",
    change: "Tandem hat eine Nachricht an {who} geändert", delete: "Tandem hat eine Nachricht zurückgenommen",
    travel: "Die Uhr wurde vorgestellt", trouble: "Störung: {what}",
  },
  problems: {
    operation_timeout: "Die App hat nicht rechtzeitig geantwortet", dispatch_failed: "Die App war nicht erreichbar oder hat abgelehnt",
    unknown_command: "Diesen Befehl gibt es nicht", gone: "Das ist nicht mehr da",
    not_on_screen: "Das hat sich gerade geändert, schau noch einmal", network: "keine Verbindung",
    only_forward: "Die Zeit läuft nur vorwärts", nothing_planned: "Es ist nichts geplant", travelling: "Die Uhr ist schon unterwegs",
    too_far: "Das ist zu weit, höchstens 400 Tage", stuck: "Die Uhr ist unterwegs stehen geblieben",
    cannot_invite: "Niemand dieses Namens kann hier eingeladen werden",
    "We had some trouble connecting. Try again?": "Die Verbindung hat gehakt. Noch einmal versuchen?",
  },
  kinds: {
    429: "abgelehnt, mit Retry-After", "500_before": "HTTP 500, nicht ausgeführt", "500_after": "HTTP 500, aber ausgeführt",
    internal_error: "internal_error, nicht ausgeführt", internal_error_after: "internal_error, aber ausgeführt",
    error: "ein Fehler, nicht ausgeführt", slow: "ausgeführt, Antwort erst nach den Sekunden",
    hang: "nicht ausgeführt, nach den Sekunden getrennt", late: "erst nach den Sekunden ausgeführt",
    reset: "getrennt, nicht ausgeführt", reset_after: "getrennt, aber ausgeführt", truncated: "ausgeführt, halbe Antwort",
    html: "HTTP 503 mit einer HTML-Seite, nicht ausgeführt",
  },
  complaints: {
    "Please complete this required field.": "Bitte fülle dieses Feld aus.",
    "Please enter a valid email address.": "Bitte gib eine gültige E-Mail-Adresse ein.",
    "Please enter a valid URL.": "Bitte gib eine gültige Adresse ein.",
    "Please enter a valid number.": "Bitte gib eine Zahl ein.",
    "You can select up to # items.": "Du kannst höchstens # auswählen.",
    "Please enter at least # characters.": "Bitte gib mindestens # Zeichen ein.",
    "Please enter at most # characters.": "Bitte gib höchstens # Zeichen ein.",
    "Please enter a number of at least #.": "Bitte gib eine Zahl ab # ein.",
    "Please enter a number of at most #.": "Bitte gib eine Zahl bis # ein.",
  },
};

const ALL = { en: EN, de: DE };
let current = "en";

export const languages = Object.keys(ALL);
export const language = () => current;

export function setLanguage(name) {
  current = name in ALL ? name : "en";
  document.documentElement.lang = current;
}

export function t(key, fields = {}) {
  const found = key.split(".").reduce((part, name) => part?.[name], ALL[current]);
  return filled(typeof found === "string" ? found : key, fields);
}

function filled(text, fields) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in fields ? String(fields[name]) : whole));
}

// What a fault on purpose does, as the server says it unless there are words of our own.
export const faultKind = (kind, about) => ALL[current].kinds?.[kind] ?? about;

// What went wrong, in words; names without a sentence stay as they are.
export const problem = (name) => ALL[current].problems[name] ?? name;

// What Slack's own client says under a field; what the app says comes through unchanged.
export function complaint(text) {
  const number = /-?\d+(\.\d+)?/.exec(text)?.[0];
  const found = ALL[current].complaints[text] ?? ALL[current].complaints[text.replace(number ?? "#", "#")];
  return found ? found.replace("#", number ?? "") : text;
}
