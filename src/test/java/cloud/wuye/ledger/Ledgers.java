package cloud.wuye.ledger;

import cloud.wuye.platform.time.Clock;

/** The ledger without Quarkus, for properties of features that post to it. */
public final class Ledgers {
    private Ledgers() {}

    /** One that goes by this clock. */
    public static Ledger by(Clock clock) {
        return new Ledger(clock);
    }
}
