package cloud.wuye.ledger;

import java.math.BigDecimal;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** The sums of a trial balance in one unit as clients see them. */
@Type("TrialBalanceTotal")
@Description("The sums of a trial balance in one unit.")
public record TrialBalanceTotalView(
        @NonNull @Description("The unit.") LedgerUnit unit,
        @NonNull @Description("All debits.") BigDecimal debit,
        @NonNull @Description("All credits; equal to the debits.") BigDecimal credit,
        @NonNull @Description("Debits less credits: zero.") BigDecimal balance) {}
