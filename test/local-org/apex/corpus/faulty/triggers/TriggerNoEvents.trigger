trigger TriggerNoEvents on Account () {
}
