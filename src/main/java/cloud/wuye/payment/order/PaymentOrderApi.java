package cloud.wuye.payment.order;

import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** The GraphQL door to orders, for staff. Orders are placed by the features that sell something. */
@GraphQLApi
public class PaymentOrderApi {
    private final OrderQueries queries;
    private final TakePayment take;
    private final CloseOrder close;
    private final CreditOrder credit;
    private final SetPaymentTerms terms;
    private final CurrentCaller currentCaller;

    PaymentOrderApi(
            OrderQueries queries,
            TakePayment take,
            CloseOrder close,
            CreditOrder credit,
            SetPaymentTerms terms,
            CurrentCaller currentCaller) {
        this.queries = queries;
        this.take = take;
        this.close = close;
        this.credit = credit;
        this.terms = terms;
        this.currentCaller = currentCaller;
    }

    @Query("paymentOrders")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("A page of the company's orders to pay.")
    public Uni<PaymentOrderConnection> paymentOrders(
            @Description("Which orders.") PaymentOrderFilterInput filter,
            @DefaultValue("CREATED_AT") @Description("What to order by.") PaymentOrderSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return queries.orders(
                        filter == null ? PaymentOrderFilterInput.NONE : filter,
                        ListSort.order(sort, PaymentOrderSort.CREATED_AT, direction),
                        PageInput.of(first, after))
                .map(PaymentOrderConnection::new);
    }

    @Query("paymentOrder")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("An order by its id; null when there is none.")
    public Uni<PaymentOrderView> paymentOrder(@Id @NonNull @Description("The id.") UUID id) {
        return queries.order(id);
    }

    @Name("attempts")
    @NonNull
    @Description("The tries to pay it, first to last.")
    public Uni<List<List<PaymentAttemptView>>> attempts(@Source List<PaymentOrderView> orders) {
        return queries.attempts(orders.stream().map(PaymentOrderView::id).toList())
                .map(found -> orders.stream()
                        .map(order -> found.getOrDefault(order.id(), List.of()))
                        .toList());
    }

    @Query("paymentTerms")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("The company's terms of payment.")
    public Uni<PaymentTermsView> paymentTerms() {
        return terms.now().map(PaymentTermsView::of);
    }

    @Mutation("setPaymentTerms")
    @NonNull
    @RolesAllowed(Roles.MANAGER)
    @Description("Sets the company's terms of payment, for orders placed from now on.")
    public Uni<PaymentTermsView> setPaymentTerms(@Valid @NonNull @Description("The terms.") PaymentTermsInput input) {
        return terms.set(input.terms()).map(PaymentTermsView::of);
    }

    @Mutation("takePayment")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description(
            "Staff have taken the money for an order themselves: cash, or a transfer that they have seen. It is the price "
                    + "alone: no channel takes a fee of it, so nothing comes on top. The receipt's number stands for the "
                    + "money: entered again it changes nothing, for another order it is refused.")
    public Uni<PaymentOrderView> takePayment(
            @Id @NonNull @Description("The order.") UUID orderId,
            @NonNull @Description("CASH or TRANSFER.") PayBy by,
            @NonNull @Description("The number of the receipt or of the transfer.") String receiptNo) {
        return take.take(orderId, by, receiptNo).chain(() -> queries.order(orderId));
    }

    @Mutation("retryCredit")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description(
            "Tries once more to give what a paid order buys, after that has failed. Else the money can be refunded.")
    public Uni<PaymentOrderView> retryCredit(@Id @NonNull @Description("The order.") UUID orderId) {
        return credit.again(currentCaller.get(), orderId).chain(() -> queries.order(orderId));
    }

    @Mutation("closePaymentOrder")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description(
            "Closes an order that nobody has paid: at the channel first, then here. If it turns out to be paid, it is "
                    + "not closed and the answer shows it paid. Repeating it changes nothing.")
    public Uni<PaymentOrderView> closePaymentOrder(
            @Id @NonNull @Description("The order.") UUID orderId,
            @Description("Why, for the audit log.") String reason) {
        return close.byHand(orderId, reason).chain(() -> queries.order(orderId));
    }
}
