package cloud.wuye.device.command;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** What stands in the row of a command. What may become of it is told by {@link DeviceCommand} and nowhere else. */
abstract sealed class StoredCommand permits DeviceCommand {
    UUID id;
    UUID tenantId;
    UUID deviceId;
    String op;
    OpKind kind;
    String lane;
    /** JSON text. */
    String args;

    CommandOrigin origin;
    String by;
    String byName;
    String reason;
    UUID correlationId;
    Long sequenceNo;
    /** The state version it depends on, or null. */
    Long expectVersion;

    UUID supersedesId;
    String readBack;
    Duration ackWithin;
    Duration doneWithin;
    Duration validFor;
    int maxAttempts;
    Instant createdAt;
    Instant expiresAt;

    CommandState state = CommandState.QUEUED;
    int attempt;
    /** How often it was handed to the outbox; names the hand-over that counts. */
    int hand;
    /** Whether that hand-over is still to be delivered. */
    boolean inRelay;
    /** When something must happen if nothing has; null when nothing must. */
    Instant deadline;

    String code;
    String detail;
    /** JSON text of what the device answered, or null. */
    String result;

    Instant settledAt;
    /** Since when its outcome is unknown, or null. */
    Instant doubtedAt;

    /** The state as it stands in the row, or null for a new one. */
    CommandState stored;

    /** The state version that it depends on: a device whose state has moved on rejects it. Null when on none. */
    public Long expectVersion() {
        return expectVersion;
    }

    /** Identifies it, on the wire too. */
    public UUID id() {
        return id;
    }

    /** Whose. */
    public UUID tenantId() {
        return tenantId;
    }

    /** To whom. */
    public UUID deviceId() {
        return deviceId;
    }

    /** What, in the contract's word. */
    public String op() {
        return op;
    }

    /** What it needs, as JSON text. */
    public String args() {
        return args;
    }

    /** Where it stands. */
    public CommandState state() {
        return state;
    }

    /** The purchase number of an incremental command, else null. */
    public Long sequenceNo() {
        return sequenceNo;
    }

    /** How many transmissions were begun. */
    public int attempt() {
        return attempt;
    }

    /** The device's answer as JSON text, or null. */
    public String result() {
        return result;
    }

    /** Why it failed or expired, a word for machines, or null. */
    public String code() {
        return code;
    }

    /** When it was queued. */
    public Instant createdAt() {
        return createdAt;
    }

    /** What it belongs to, or null. */
    public UUID correlationId() {
        return correlationId;
    }
}
