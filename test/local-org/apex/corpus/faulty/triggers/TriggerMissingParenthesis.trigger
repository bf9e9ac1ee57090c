trigger TriggerMissingParenthesis on Account before insert {
}
