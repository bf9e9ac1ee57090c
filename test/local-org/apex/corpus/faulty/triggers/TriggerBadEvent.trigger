trigger TriggerBadEvent on Account (during insert) {
}
