package cloud.wuye.ledger;

import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which accounts a list shows; absent fields filter nothing. */
@Input("LedgerAccountFilterInput")
@Description("Which accounts a list shows. Absent fields filter nothing.")
public record LedgerAccountFilterInput(
        @Description("Only these kinds.") List<AccountKind> kinds,
        @Id @Description("Only those of this meter, wallet, session or customer.") UUID subjectId) {
    static final LedgerAccountFilterInput NONE = new LedgerAccountFilterInput(null, null);
}
