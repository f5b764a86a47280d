"""The season: twelve weeks with everything that comes between two people and their promises."""
