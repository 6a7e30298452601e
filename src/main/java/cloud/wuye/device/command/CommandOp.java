package cloud.wuye.device.command;

import java.time.Duration;

/**
 * One thing that can be asked of a device, with its rules.
 *
 * @param name the contract's word, such as {@code relay.set}
 * @param kind what twice would mean
 * @param lane at most one open command of a device per lane; null for no such limit
 * @param readBack the op that asks how it came out when nobody answered, or null if nothing can tell
 * @param ackWithin how long until the device must have said anything
 * @param doneWithin how long after that until it must have finished
 * @param validFor how long one transmission may be executed; past it the device refuses, whatever broker held it back
 * @param maxAttempts transmissions before the outcome is unknown
 */
public record CommandOp(
        String name,
        OpKind kind,
        String lane,
        String readBack,
        Duration ackWithin,
        Duration doneWithin,
        Duration validFor,
        int maxAttempts) {
    /** A momentary act done later than this would surprise whoever asked for it. */
    public static final Duration MOMENT = Duration.ofSeconds(10);

    /** Reads the meter's registers now; the reading arrives as telemetry. */
    public static final CommandOp READ_METER = absolute("meter.read");

    /** Asks how the device stands; the answer settles what is unknown. */
    public static final CommandOp READ_STATE = absolute("state.read");

    /** Makes the device ask for the time and set its clock. A device does it even past its time, its clock being wrong. */
    public static final CommandOp SYNC_CLOCK = absolute("time.sync").inLane("clock");

    public CommandOp {
        if (kind == OpKind.MOMENTARY && (maxAttempts != 1 || validFor.compareTo(MOMENT) > 0)) {
            throw new IllegalArgumentException("a momentary op has one attempt of at most " + MOMENT);
        }
    }

    /** An op that may be repeated: three attempts, ten seconds for a word, thirty to finish. */
    public static CommandOp absolute(String name) {
        return of(name, OpKind.ABSOLUTE, 3, Duration.ofMinutes(1));
    }

    /** An op that adds: three attempts with the same purchase number; read back by {@code state.read}. */
    public static CommandOp incremental(String name) {
        return of(name, OpKind.INCREMENTAL, 3, Duration.ofMinutes(1)).readBackBy(READ_STATE.name());
    }

    /** An op of the moment: one attempt. */
    public static CommandOp momentary(String name) {
        return of(name, OpKind.MOMENTARY, 1, MOMENT);
    }

    private static CommandOp of(String name, OpKind kind, int attempts, Duration validFor) {
        return new CommandOp(
                name, kind, null, null, Duration.ofSeconds(10), Duration.ofSeconds(30), validFor, attempts);
    }

    /** The same, with one open command per device and lane. */
    public CommandOp inLane(String lane) {
        return new CommandOp(name, kind, lane, readBack, ackWithin, doneWithin, validFor, maxAttempts);
    }

    /** The same, with an unknown outcome settled by what this op reads. */
    public CommandOp readBackBy(String op) {
        return new CommandOp(name, kind, lane, op, ackWithin, doneWithin, validFor, maxAttempts);
    }

    /** The same, with other patience. */
    public CommandOp within(Duration ack, Duration done) {
        return new CommandOp(name, kind, lane, readBack, ack, done, validFor, maxAttempts);
    }
}
