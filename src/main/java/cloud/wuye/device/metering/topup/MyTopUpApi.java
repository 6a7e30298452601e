package cloud.wuye.device.metering.topup;

import cloud.wuye.payment.PrepayMethod;
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

/** The GraphQL door for residents who top up. */
@GraphQLApi
public class MyTopUpApi {
    private static final String FEN = "For how much money, in fen; this or a quantity.";
    private static final String QUANTITY = "How many kWh or m³; only where credit is counted in them.";

    private final MyTopUps mine;

    MyTopUpApi(MyTopUps mine) {
        this.mine = mine;
    }

    @Query
    @NonNull
    @Description("What a top-up of a meter of the caller's would buy now.")
    @RolesAllowed(Roles.RESIDENT)
    public Uni<TopUpQuoteView> quoteMyTopUp(
            @Id @NonNull @Description("The meter.") UUID deviceId,
            @Description(FEN) Long amountFen,
            @Description(QUANTITY) BigDecimal quantity) {
        return mine.quote(deviceId, new QuoteTopUp.Wish(amountFen, quantity));
    }

    @Mutation
    @NonNull
    @Description("充值: orders a top-up of a meter of the caller's. Then `payMyTopUp`; it is credited once it is paid.")
    @RolesAllowed(Roles.RESIDENT)
    public Uni<PaymentRecordView> topUpMyMeter(
            @Id @NonNull @Description("The meter.") UUID deviceId,
            @Description(FEN) Long amountFen,
            @Description(QUANTITY) BigDecimal quantity,
            @Size(max = 100)
                    @Description("The client's own key for this click; with the same one the order is placed once.")
                    String clientKey) {
        return mine.order(deviceId, new QuoteTopUp.Wish(amountFen, quantity), clientKey)
                .chain(mine::one);
    }

    @Mutation
    @NonNull
    @Description(
            "Begins to pay a top-up of the caller's through WeChat Pay. Asked again, it goes on with the same payment.")
    @RolesAllowed(Roles.RESIDENT)
    public Uni<PayTopUpView> payMyTopUp(
            @Id @NonNull @Description("The order.") UUID orderId,
            @NonNull @Description("Where the payer confirms; inside WeChat needs `linkMyWeChat`.")
                    PrepayMethod method) {
        return mine.pay(orderId, method).map(PayTopUpView::of);
    }

    @Query
    @NonNull
    @Description("缴费记录: the top-ups that the caller pays or has paid for.")
    @RolesAllowed(Roles.RESIDENT)
    public Uni<PaymentRecordConnection> myPaymentRecords(
            @Description("Which records.") MyPaymentRecordFilterInput filter,
            @DefaultValue("CREATED_AT") @Description("What to order by.") PaymentRecordSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return mine.page(
                        filter,
                        ListSort.order(sort, PaymentRecordSort.CREATED_AT, direction),
                        PageInput.of(first, after))
                .map(PaymentRecordConnection::new);
    }
}
