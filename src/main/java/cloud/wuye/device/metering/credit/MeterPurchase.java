package cloud.wuye.device.metering.credit;

import cloud.wuye.device.command.CommandOp;
import cloud.wuye.device.command.CreditStanding;
import cloud.wuye.device.command.DeviceCommand;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * One write of a meter's credit. Its row is locked while a method runs. It is written under the same purchase number and
 * reference however often it is tried, unless another took the number meanwhile; so the meter itself keeps it from being
 * credited twice.
 */
final class MeterPurchase {
    /** How often it is tried again of its own accord, before a person has to decide. */
    static final int TRIES = 3;

    UUID id;
    UUID tenantId;
    UUID pointId;
    UUID deviceId;
    PurchaseKind kind;
    UUID orderId;
    /** What the meter is told as its order; with the number it names the purchase. */
    String reference;

    BigDecimal quantity;
    BigDecimal energyAmount = BigDecimal.ZERO;
    BigDecimal serviceAmount = BigDecimal.ZERO;
    PurchaseState state = PurchaseState.WAITING;
    Long number;
    UUID commandId;
    int tries;
    /** Why it stands where it stands, a word for machines, or null. */
    String why;

    BigDecimal before;
    BigDecimal after;
    Instant createdAt;
    Instant writtenAt;
    Instant lookAt;
    String bySubject;
    String byName;
    String reason;

    MeterPurchase() {}

    /** WAITING → WRITING: this command carries it. */
    void writing(DeviceCommand command, long under) {
        move(PurchaseState.WRITING);
        number = under;
        commandId = command.id();
        tries++;
        why = null;
        lookAt = null;
    }

    /** WAITING: the meter is busy with another write, or cannot be asked now. */
    void later(Instant when) {
        lookAt = when;
    }

    /** WAITING → FAILED: the meter has been silent for too long to say what is left in it. */
    void tooLate(Instant now) {
        failed("CREDIT_UNKNOWN", now);
    }

    /** FAILED → WAITING, on a person's word, for the meter that serves the point now. */
    void again(UUID meter, Instant now) {
        move(PurchaseState.WAITING);
        deviceId = meter;
        tries = 0;
        why = null;
        lookAt = now;
    }

    /** Its command stands elsewhere. News of any other command, or that comes too late, changes nothing. */
    void heard(DeviceCommand command, Instant now) {
        if (!command.id().equals(commandId) || (state != PurchaseState.WRITING && state != PurchaseState.IN_DOUBT)) {
            return;
        }
        CreditStanding standing = CreditStanding.after(command);
        switch (command.state()) {
            case OUTCOME_UNKNOWN -> {
                move(PurchaseState.IN_DOUBT);
                why = "NO_ANSWER";
            }
            case SUCCEEDED -> written(standing, now);
            case FAILED -> {
                if (isIn(standing)) {
                    written(standing, now);
                } else {
                    notTaken(command.code(), standing, now);
                }
            }
            case EXPIRED, CANCELLED, SUPERSEDED ->
                failed(command.code() == null ? command.state().name() : command.code(), now);
            default -> {
                // On its way.
            }
        }
    }

    /** The meter now contradicts the person who settled the command: for people to see. */
    void contradicted() {
        why = "CONTRADICTED";
    }

    /** Everything that follows from how it ended is done. */
    void settled() {
        lookAt = null;
    }

    private boolean isIn(CreditStanding standing) {
        return number.equals(standing.purchase()) && reference.equals(standing.order());
    }

    private void written(CreditStanding standing, Instant now) {
        move(PurchaseState.WRITTEN);
        writtenAt = now;
        lookAt = now;
        why = null;
        // A later word of the meter's has counted down meanwhile; only its word on this very purchase is what it
        // became.
        after = isIn(standing) ? standing.credit() : null;
        before = after == null || kind == PurchaseKind.CLEAR ? before : after.subtract(quantity);
    }

    private void notTaken(String code, CreditStanding standing, Instant now) {
        boolean again = tries < TRIES;
        if (again && "NOT_DONE".equals(code)) {
            // What was sent may still be lying about until its time is over. The same number then, so twice does no
            // harm.
            back(code, now.plus(CommandOp.READ_STATE.validFor()));
        } else if (again && "PURCHASE_NUMBER".equals(code) && standing.purchase() != null) {
            back(code, now);
        } else {
            failed(code == null ? "REFUSED" : code, now);
        }
    }

    private void back(String code, Instant when) {
        move(PurchaseState.WAITING);
        why = code;
        lookAt = when;
    }

    private void failed(String code, Instant now) {
        move(PurchaseState.FAILED);
        why = code;
        lookAt = now;
    }

    private void move(PurchaseState to) {
        if (!state.allows(to)) {
            throw new Problem(ProblemCode.ILLEGAL_STATE, null, state);
        }
        state = to;
    }
}
