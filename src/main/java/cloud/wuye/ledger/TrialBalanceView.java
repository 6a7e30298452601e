package cloud.wuye.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A trial balance as clients see it. */
@Type("TrialBalance")
@Description("How all accounts stood at an instant. The totals are zero, or something is badly wrong.")
public record TrialBalanceView(
        @NonNull @Description("The instant: what was posted before it counts.") Instant at,
        @NonNull @Description("The kinds of account that were posted to.") List<@NonNull TrialBalanceRowView> rows,
        @NonNull @Description("The sums, unit by unit.") List<@NonNull TrialBalanceTotalView> totals) {

    static TrialBalanceView of(Instant at, List<TrialBalanceRowView> rows) {
        return new TrialBalanceView(
                at,
                rows,
                Arrays.stream(LedgerUnit.values())
                        .map(unit -> new TrialBalanceTotalView(
                                unit,
                                sum(rows, unit, TrialBalanceRowView::debit),
                                sum(rows, unit, TrialBalanceRowView::credit),
                                sum(rows, unit, TrialBalanceRowView::balance)))
                        .toList());
    }

    private static BigDecimal sum(
            List<TrialBalanceRowView> rows, LedgerUnit unit, Function<TrialBalanceRowView, BigDecimal> column) {
        return rows.stream().filter(row -> row.unit() == unit).map(column).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
