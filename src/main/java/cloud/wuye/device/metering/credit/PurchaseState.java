package cloud.wuye.device.metering.credit;

import java.util.EnumSet;
import java.util.Set;
import org.eclipse.microprofile.graphql.Description;

/** How far the writing of a meter's credit is. Which state may follow which is told here and nowhere else. */
@Description("How far the writing of a meter's credit is.")
public enum PurchaseState {
    @Description("到账中: waits for its turn; a meter is written to one by one.")
    WAITING,
    @Description("到账中: a command is on its way, or waits for the meter to be online.")
    WRITING,
    @Description(
            "待核实: nobody knows whether the meter took it; the meter is asked, and nothing else is written meanwhile.")
    IN_DOUBT,
    @Description("已到账: the meter has it, by its own word.")
    WRITTEN,
    @Description("写入失败: the meter did not take it; it is tried again or paid back.")
    FAILED;

    boolean allows(PurchaseState to) {
        return next().contains(to);
    }

    private Set<PurchaseState> next() {
        return switch (this) {
            case WAITING -> EnumSet.of(WRITING, FAILED);
            case WRITING -> EnumSet.of(IN_DOUBT, WRITTEN, FAILED, WAITING);
            case IN_DOUBT -> EnumSet.of(WRITTEN, FAILED, WAITING);
            case FAILED -> EnumSet.of(WAITING);
            case WRITTEN -> EnumSet.noneOf(PurchaseState.class);
        };
    }
}
