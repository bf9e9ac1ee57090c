trigger BeforeUndelete on Account (before undelete) {
}
