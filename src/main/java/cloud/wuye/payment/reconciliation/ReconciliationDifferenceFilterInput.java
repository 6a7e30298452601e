package cloud.wuye.payment.reconciliation;

import cloud.wuye.payment.ChannelKind;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

/** Which differences a list shows; absent fields filter nothing. */
@Input("ReconciliationDifferenceFilterInput")
@Description("Which differences a list shows. Absent fields filter nothing.")
public record ReconciliationDifferenceFilterInput(
        @Description("Only those of this channel.") ChannelKind channel,
        @Description("Only those of this day or later.") LocalDate from,
        @Description("Only those before this day.") LocalDate to,
        @Description("Only these kinds.") List<DifferenceKind> kinds,
        @Description("Only those in one of these states.") List<DifferenceState> states) {
    static final ReconciliationDifferenceFilterInput NONE =
            new ReconciliationDifferenceFilterInput(null, null, null, null, null);
}
