package cloud.wuye.ledger;

import java.math.BigDecimal;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A kind of account in a trial balance as clients see it. */
@Type("TrialBalanceRow")
@Description("What all accounts of one kind moved and how they stand together.")
public record TrialBalanceRowView(
        @NonNull @Description("The kind.") AccountKind kind,
        @NonNull @Description("What it counts.") LedgerUnit unit,
        @NonNull @Description("The sum of its debits.") BigDecimal debit,
        @NonNull @Description("The sum of its credits, as a positive number.") BigDecimal credit,
        @NonNull @Description("Debits less credits.") BigDecimal balance) {}
