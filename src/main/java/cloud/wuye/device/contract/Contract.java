package cloud.wuye.device.contract;

import java.time.Duration;

/** The contract's numbers. */
public final class Contract {
    /** The version in every envelope and topic. */
    public static final int VERSION = 1;
    /** No message may be longer than this many bytes. */
    public static final int MAX_BYTES = 64 * 1024;
    /** Counters and credits are rounded half-up to so many decimals of a kWh or m³. */
    public static final int REGISTER_DECIMALS = 4;
    /** Data may be this late. */
    public static final Duration MAX_AGE = Duration.ofDays(35);
    /** A clock that is off by more is not believed. */
    public static final Duration MAX_SKEW = Duration.ofMinutes(5);

    private Contract() {}
}
