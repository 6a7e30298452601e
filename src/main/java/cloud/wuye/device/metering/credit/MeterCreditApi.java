package cloud.wuye.device.metering.credit;

import cloud.wuye.device.registry.DeviceView;
import cloud.wuye.payment.order.PaymentOrderView;
import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** The GraphQL door to credit that meters count down themselves: what can be asked. */
@GraphQLApi
public class MeterCreditApi {
    private final CreditQueries queries;

    MeterCreditApi(CreditQueries queries) {
        this.queries = queries;
    }

    @Query
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    @Description("Writes of the credit of meters that count it down themselves: what is paid and not in the "
            + "meter yet, what failed, what was taken.")
    public Uni<MeterPurchaseConnection> meterPurchases(
            @Description("Which writes.") MeterPurchaseFilterInput filter,
            @DefaultValue("CREATED_AT") @Description("What to order by.") MeterPurchaseSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return queries.purchases(
                        filter == null ? MeterPurchaseFilterInput.NONE : filter,
                        ListSort.order(sort, MeterPurchaseSort.CREATED_AT, direction),
                        PageInput.of(first, after))
                .map(MeterPurchaseConnection::new);
    }

    @Name("ownCredit")
    @Description("The credit that this meter counts down itself; absent when it never spoke of any.")
    public Uni<List<MeterCreditView>> ownCredit(@Source List<DeviceView> devices) {
        return queries.ofMeters(devices.stream().map(DeviceView::id).toList())
                .map(found ->
                        devices.stream().map(device -> found.get(device.id())).toList());
    }

    @Name("meterPurchase")
    @Description("How far what it bought is on its way into the meter; absent when it buys nothing of the kind.")
    public Uni<List<MeterPurchaseView>> meterPurchase(@Source List<PaymentOrderView> orders) {
        return queries.ofOrders(orders.stream().map(PaymentOrderView::id).toList())
                .map(found ->
                        orders.stream().map(order -> found.get(order.id())).toList());
    }
}
