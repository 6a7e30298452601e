package cloud.wuye.device.metering.topup;

import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.UUID;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** The GraphQL door to top-ups. */
@GraphQLApi
public class TopUpApi {
    private static final String FEN = "For how much money, in fen; this or a quantity.";
    private static final String QUANTITY = "How many kWh or m³; only where credit is counted in them.";

    private final QuoteTopUp quotes;
    private final TopUpMeter topUp;
    private final PaymentRecords records;

    TopUpApi(QuoteTopUp quotes, TopUpMeter topUp, PaymentRecords records) {
        this.quotes = quotes;
        this.topUp = topUp;
        this.records = records;
    }

    @Query
    @NonNull
    @Description("What a top-up of a prepaid meter would buy now.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    public Uni<TopUpQuoteView> quoteTopUp(
            @Id @NonNull @Description("The meter.") UUID deviceId,
            @Description(FEN) Long amountFen,
            @Description(QUANTITY) BigDecimal quantity) {
        return quotes.now(deviceId, new QuoteTopUp.Wish(amountFen, quantity));
    }

    @Mutation
    @NonNull
    @Description(
            "充值: orders a top-up of a prepaid meter for whoever pays for it. It is credited once the order is paid, "
                    + "through a channel or by takePayment.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    public Uni<PaymentRecordView> topUpMeter(
            @Id @NonNull @Description("The meter.") UUID deviceId,
            @Description(FEN) Long amountFen,
            @Description(QUANTITY) BigDecimal quantity,
            @Size(max = 100) @Description("用户名称: who pays, as lists show it. Absent: the meter's name.")
                    String payerName,
            @Size(max = 100)
                    @Description("The client's own key for this click; with the same one the order is placed once.")
                    String clientKey) {
        return topUp.order(deviceId, new QuoteTopUp.Wish(amountFen, quantity), payerName, clientKey)
                .chain(records::one);
    }

    @Query
    @NonNull
    @Description("缴费记录: the top-ups of meters that were ordered.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    public Uni<PaymentRecordConnection> paymentRecords(
            @Description("Which records.") PaymentRecordFilterInput filter,
            @DefaultValue("CREATED_AT") @Description("What to order by.") PaymentRecordSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return records.page(
                        filter == null ? PaymentRecordFilterInput.NONE : filter,
                        ListSort.order(sort, PaymentRecordSort.CREATED_AT, direction),
                        PageInput.of(first, after))
                .map(PaymentRecordConnection::new);
    }

    @Query
    @NonNull
    @Description("Sums over the payment records that pass a filter.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    public Uni<PaymentRecordTotalsView> paymentRecordTotals(
            @Description("Which records.") PaymentRecordFilterInput filter) {
        return records.totals(filter == null ? PaymentRecordFilterInput.NONE : filter);
    }
}
