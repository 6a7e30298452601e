package cloud.wuye.device.command;

import cloud.wuye.platform.security.Caller;
import java.time.Duration;
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
        Duration lifetime) {
    /** How long an order waits for an offline device unless told otherwise. */
    public static final Duration PATIENCE = Duration.ofHours(24);

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
}
