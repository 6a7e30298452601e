package cloud.wuye.payment.order;

import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** The GraphQL door to refunds. */
@GraphQLApi
public class RefundApi {
    private final OrderQueries queries;
    private final RefundOrder refund;

    RefundApi(OrderQueries queries, RefundOrder refund) {
        this.queries = queries;
        this.refund = refund;
    }

    @Query("refunds")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("A page of refunds. REQUESTED ones wait for a decision, FAILED ones for a person.")
    public Uni<RefundConnection> refunds(
            @Description("Which refunds.") RefundFilterInput filter,
            @DefaultValue("CREATED_AT") @Description("What to order by.") RefundSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return queries.refunds(
                        filter == null ? RefundFilterInput.NONE : filter,
                        ListSort.order(sort, RefundSort.CREATED_AT, direction),
                        PageInput.of(first, after))
                .map(RefundConnection::new);
    }

    @Query("quoteRefund")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("What a refund of an order would return now: so much of the price, and the surcharge's share of it.")
    public Uni<RefundQuoteView> quoteRefund(
            @Id @NonNull @Description("The order.") UUID orderId,
            @Description("How much of the price, in fen; absent: all that is left.") Long amountFen) {
        return refund.quote(orderId, amountFen);
    }

    @Mutation("requestRefund")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description(
            "Asks for money to go back, part or all of the price that was paid; the surcharge's share goes with it "
                    + "(`quoteRefund` says how much that is). Nothing moves until a manager approves it.")
    public Uni<RefundView> requestRefund(
            @Id @NonNull @Description("The order.") UUID orderId,
            @NonNull @Description("How much of the price, in fen: 5000 of 50.00 + 0.30 is all of it.") Long amountFen,
            @NonNull @NotBlank @Size(max = 500) @Description("Why.") String reason) {
        return refund.request(orderId, amountFen, reason).map(RefundView::of);
    }

    @Mutation("approveRefund")
    @NonNull
    @RolesAllowed(Roles.MANAGER)
    @Description(
            "Approves a refund that somebody else has asked for; what it had bought is taken back, and the money goes on "
                    + "its way. Repeating it changes nothing.")
    public Uni<RefundView> approveRefund(@Id @NonNull @Description("The refund.") UUID id) {
        return refund.approve(id).map(RefundView::of);
    }

    @Mutation("rejectRefund")
    @NonNull
    @RolesAllowed(Roles.MANAGER)
    @Description("Decides against a refund. Repeating it changes nothing.")
    public Uni<RefundView> rejectRefund(
            @Id @NonNull @Description("The refund.") UUID id,
            @NonNull @NotBlank @Size(max = 500) @Description("Why.") String reason) {
        return refund.reject(id, reason).map(RefundView::of);
    }

    @Mutation("retryRefund")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description(
            "Sends a refund that the channel refused once more, under the same number, so that it cannot pay twice.")
    public Uni<RefundView> retryRefund(@Id @NonNull @Description("The refund.") UUID id) {
        return refund.retry(id).map(RefundView::of);
    }

    @Mutation("payOutRefund")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("Staff have paid a refund out by hand: one for cash, or one that the channel refused. Refused with "
            + "CASH_DESK_TOO_LOW if the cash desk holds less.")
    public Uni<RefundView> payOutRefund(
            @Id @NonNull @Description("The refund.") UUID id,
            @NonNull @NotBlank @Size(max = 64) @Description("The number of the receipt.") String receiptNo) {
        return refund.paidOut(id, receiptNo).map(RefundView::of);
    }
}
