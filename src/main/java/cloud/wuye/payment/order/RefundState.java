package cloud.wuye.payment.order;

import java.util.EnumSet;
import java.util.Set;
import org.eclipse.microprofile.graphql.Description;

/** Where a refund stands. */
@Description("Where a refund stands.")
public enum RefundState {
    @Description("待审批: asked for; nobody has decided.")
    REQUESTED,
    @Description("已拒绝: a person decided against it.")
    REJECTED,
    @Description("已批准: the money is owed; the channel is about to be asked, or staff are to pay it out.")
    APPROVED,
    @Description("退款中: the channel has taken the order to pay back.")
    SENT,
    @Description("结果未知: the channel was asked and what came of it is not known. It is being asked; it is not failed.")
    UNKNOWN,
    @Description("已退款: it has gone back.")
    SUCCEEDED,
    @Description("退款失败: the channel refused. The money is still owed; try again or pay it out by hand.")
    FAILED;

    /** Whether money is owed because of it. */
    boolean owes() {
        return this == APPROVED || this == SENT || this == UNKNOWN || this == FAILED;
    }

    /** Whether the other state may follow this one. */
    public boolean allows(RefundState to) {
        return next().contains(to);
    }

    private Set<RefundState> next() {
        return switch (this) {
            case REQUESTED -> EnumSet.of(APPROVED, REJECTED);
            case APPROVED -> EnumSet.of(SENT, UNKNOWN, SUCCEEDED, FAILED);
            case SENT, UNKNOWN -> EnumSet.of(SENT, UNKNOWN, SUCCEEDED, FAILED);
            case FAILED -> EnumSet.of(APPROVED, SUCCEEDED);
            case SUCCEEDED, REJECTED -> EnumSet.noneOf(RefundState.class);
        };
    }
}
