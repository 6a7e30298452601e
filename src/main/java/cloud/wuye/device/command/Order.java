package cloud.wuye.device.command;

import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * What someone wants of a device, before it is a command.
 *
 * @param deviceId which device
 * @param op what
 * @param args what the op needs, as the contract has it
 * @param origin who wanted it
 * @param by that person or the system
 * @param reason why, in words, or null
 * @param correlationId what it belongs to (the command it reads back for, a timetable), or null
 * @param sequenceNo the purchase number of an incremental op, else null
 * @param lifetime how long it may wait for its device
 * @param expectVersion the state version it depends on, or null: a device whose state has moved on rejects it
 */
public record Order(
        UUID deviceId,
        CommandOp op,
        Map<String, ?> args,
        CommandOrigin origin,
        Caller by,
        String reason,
        UUID correlationId,
        Long sequenceNo,
        Duration lifetime,
        Long expectVersion) {
    /** How long an order waits for an offline device unless told otherwise. */
    public static final Duration PATIENCE = Duration.ofHours(24);

    /** An order that depends on no state. */
    public Order(
            UUID deviceId,
            CommandOp op,
            Map<String, ?> args,
            CommandOrigin origin,
            Caller by,
            String reason,
            UUID correlationId,
            Long sequenceNo,
            Duration lifetime) {
        this(deviceId, op, args, origin, by, reason, correlationId, sequenceNo, lifetime, null);
    }

    /** The same, to be done only while the device's state still has this version; null for whatever it is. */
    public Order expecting(Long stateVersion) {
        return new Order(deviceId, op, args, origin, by, reason, correlationId, sequenceNo, lifetime, stateVersion);
    }

    /** The same, waiting for its device this long. */
    public Order waiting(Duration other) {
        return new Order(deviceId, op, args, origin, by, reason, correlationId, sequenceNo, other, expectVersion);
    }

    /** The same without its device: orders that are equal so differ in nothing else. */
    Order toWhomever() {
        return new Order(null, op, args, origin, by, reason, correlationId, sequenceNo, lifetime, expectVersion);
    }

    /** An order of the system's own. */
    public static Order bySystem(UUID tenantId, UUID deviceId, CommandOp op, Map<String, ?> args, UUID correlationId) {
        return new Order(
                deviceId,
                op,
                args,
                CommandOrigin.SYSTEM,
                Caller.system(tenantId),
                null,
                correlationId,
                null,
                patience(op));
    }

    /** An order of a person. */
    public static Order byUser(Caller by, UUID deviceId, CommandOp op, Map<String, ?> args, String reason) {
        return new Order(deviceId, op, args, CommandOrigin.USER, by, reason, null, null, patience(op));
    }

    private static Duration patience(CommandOp op) {
        return op.kind() == OpKind.MOMENTARY ? CommandOp.MOMENT : PATIENCE;
    }

    /** The order as a new command, queued. An incremental one without a purchase number is refused. */
    DeviceCommand queue(UUID id, UUID tenantId, String json, Instant now) {
        if (op.kind() == OpKind.INCREMENTAL && sequenceNo == null) {
            throw new Problem(
                    ProblemCode.VALIDATION,
                    "sequenceNo",
                    Detail.of("增量命令须有购电序号", "an incremental command needs a purchase number"));
        }
        if (op.kind() == OpKind.MOMENTARY && lifetime.compareTo(CommandOp.MOMENT) > 0) {
            throw new Problem(
                    ProblemCode.VALIDATION,
                    "lifetime",
                    Detail.of("瞬时命令最多有效 10 秒", "a momentary command lives at most 10 s"));
        }
        DeviceCommand command = new DeviceCommand();
        command.id = id;
        command.tenantId = tenantId;
        command.deviceId = deviceId;
        command.op = op.name();
        command.kind = op.kind();
        command.lane = op.lane();
        command.args = json;
        command.origin = origin;
        command.by = by.subject();
        command.byName = by.name();
        command.reason = reason;
        command.correlationId = correlationId;
        command.sequenceNo = sequenceNo;
        command.expectVersion = expectVersion;
        command.readBack = op.readBack();
        command.ackWithin = op.ackWithin();
        command.doneWithin = op.doneWithin();
        command.validFor = op.validFor();
        command.maxAttempts = op.maxAttempts();
        command.createdAt = now;
        command.expiresAt = now.plus(lifetime);
        command.deadline = command.expiresAt;
        return command;
    }
}
