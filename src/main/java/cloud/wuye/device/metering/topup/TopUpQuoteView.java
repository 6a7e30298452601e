package cloud.wuye.device.metering.topup;

import cloud.wuye.device.metering.account.CreditUnit;
import java.math.BigDecimal;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** What a top-up would buy, as clients see it. */
@Type("TopUpQuote")
@Description("What a top-up would buy now. Nothing is promised by it.")
public record TopUpQuoteView(
        @NonNull @Description("What credit, before and after are counted in.") CreditUnit unit,
        @NonNull @Description("应缴费金额: the price, in fen.") Long payableFen,
        @NonNull @Description("手续费: what comes on top through a channel, in fen; at the counter, nothing.")
                Long surchargeFen,
        @NonNull @Description("实际缴费金额: both, in fen; at the counter, the price alone.") Long dueFen,
        @Description("单价: what a unit costs now, in yuan; absent where that depends on when it is used.")
                BigDecimal unitPrice,
        @Description("充值度数: how many kWh or m³ that is at the unit price; absent without one.") BigDecimal quantity,
        @NonNull @Description("充值前: credit now.") BigDecimal before,
        @NonNull @Description("充值后: credit then, if nothing is used meanwhile.") BigDecimal after) {
    static TopUpQuoteView of(TopUpQuote quote, long surchargeFen) {
        return new TopUpQuoteView(
                quote.unit(),
                quote.payableFen(),
                surchargeFen,
                quote.payableFen() + surchargeFen,
                quote.unitPrice(),
                quote.quantity(),
                quote.before(),
                quote.after());
    }
}
