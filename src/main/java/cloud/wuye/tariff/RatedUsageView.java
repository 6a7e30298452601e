package cloud.wuye.tariff;

import cloud.wuye.tariff.rating.Fen;
import cloud.wuye.tariff.rating.RatedLine;
import cloud.wuye.tariff.rating.Rating;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** What usage costs, line by line. */
@Type("RatedUsage")
@Description("What usage costs, line by line.")
public record RatedUsageView(
        @NonNull @Description("The lines, in the order in which they filled the tiers.")
                List<@NonNull RatedLineView> lines,
        @NonNull @Description("The sum of the quantities.") BigDecimal quantity,
        @NonNull @Description("The sum of the amounts, 6 decimals.") BigDecimal amount,
        @Description("The bill in fen: the sum, half up.") long fen,
        @NonNull @Description("What stands on the month's count afterwards.") BigDecimal usedInMonth,
        @NonNull @Description("What stands on the year's count afterwards.") BigDecimal usedInYear) {
    static RatedUsageView of(Rating rating) {
        List<BigDecimal> amounts =
                rating.lines().stream().map(RatedLine::amount).toList();
        List<Long> shares = Fen.shares(amounts);
        return new RatedUsageView(
                IntStream.range(0, shares.size())
                        .mapToObj(i -> RatedLineView.of(rating.lines().get(i), shares.get(i)))
                        .toList(),
                rating.quantity(),
                rating.amount(),
                Fen.total(amounts),
                rating.after().month(),
                rating.after().year());
    }
}
