package cloud.wuye.device.command;

import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import java.util.UUID;

/**
 * Orders that change the credit which a meter counts down itself. Both take the meter's next purchase number: the meter
 * takes each number once and in its turn, so that a purchase sent twice is credited once, and a {@code credit.set} that
 * comes late wipes out nothing that was paid after it.
 *
 * <p>One of them at a time is open for a meter, as for every lane: {@link SendCommands#queue} drops an order while another
 * one is. A command of unknown outcome does not hold the lane; whoever hands out numbers must settle it before the next
 * ({@link DeviceCommands#unknownInLane}), for the meter knows whether its number is used up.
 */
public final class CreditOps {
    /** The lane of all changes of a meter's credit. */
    public static final String LANE = "credit";

    /** Adds a purchase to the credit. */
    public static final CommandOp ADD = CommandOp.incremental("credit.add").inLane(LANE);

    /** Makes the credit so much; 0 clears it. */
    public static final CommandOp SET =
            CommandOp.absolute("credit.set").inLane(LANE).readBackBy(CommandOp.READ_STATE.name());

    private CreditOps() {}

    /** Whether the command is one of these. */
    public static boolean concerns(DeviceCommand command) {
        return command.op().equals(ADD.name()) || command.op().equals(SET.name());
    }

    /** An order to add a purchase. It waits a day for the meter; {@link CreditStanding} reads the answer. */
    public static Order add(
            Caller by, CommandOrigin origin, UUID meterId, CreditPurchase purchase, String reason, UUID correlationId) {
        if (purchase.energy().signum() == 0) {
            throw new Problem(ProblemCode.VALIDATION, "energy", Detail.of("须大于 0", "nothing is not a purchase"));
        }
        return order(ADD, by, origin, meterId, purchase, reason, correlationId);
    }

    /** An order to make the credit what the purchase says; to zero with nothing bought. Waits and answers as the other. */
    public static Order set(
            Caller by, CommandOrigin origin, UUID meterId, CreditPurchase purchase, String reason, UUID correlationId) {
        return order(SET, by, origin, meterId, purchase, reason, correlationId);
    }

    private static Order order(
            CommandOp op,
            Caller by,
            CommandOrigin origin,
            UUID meterId,
            CreditPurchase purchase,
            String reason,
            UUID correlationId) {
        return new Order(
                meterId, op, purchase.args(), origin, by, reason, correlationId, purchase.number(), Order.PATIENCE);
    }
}
