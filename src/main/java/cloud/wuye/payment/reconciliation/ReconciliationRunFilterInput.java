package cloud.wuye.payment.reconciliation;

import cloud.wuye.payment.ChannelKind;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

/** Which reconciled days a list shows; absent fields filter nothing. */
@Input("ReconciliationRunFilterInput")
@Description("Which reconciled days a list shows. Absent fields filter nothing.")
public record ReconciliationRunFilterInput(
        @Description("Only those of this channel.") ChannelKind channel,
        @Description("Only this day and later ones.") LocalDate from,
        @Description("Only days before this one.") LocalDate to,
        @Description("Only those in one of these states.") List<RunState> states) {
    static final ReconciliationRunFilterInput NONE = new ReconciliationRunFilterInput(null, null, null, null);
}
