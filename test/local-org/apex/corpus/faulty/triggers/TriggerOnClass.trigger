trigger TriggerOnClass on String (before insert) {
}
