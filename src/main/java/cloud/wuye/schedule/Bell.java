package cloud.wuye.schedule;

/** A trigger that several jobs share which have no hurry. */
public enum Bell {
    /** Proofs that books agree: they read much and change nothing. */
    PROOFS,
    /** What is to be done for meters' accounts every few minutes. */
    ACCOUNTS,
    /** What keeps the house in order: laying out ahead, clearing away. */
    UPKEEP
}
