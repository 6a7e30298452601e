package cloud.wuye.payment.order;

import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.UUID;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** The GraphQL door to money in suspense. */
@GraphQLApi
public class SuspenseApi {
    private static final int LONGEST_REASON = 500;

    private final SuspenseItems items;
    private final AssignSuspense assign;
    private final PayBackSuspense payBack;
    private final SettleForeign settle;

    SuspenseApi(SuspenseItems items, AssignSuspense assign, PayBackSuspense payBack, SettleForeign settle) {
        this.items = items;
        this.assign = assign;
        this.payBack = payBack;
        this.settle = settle;
    }

    @Query("suspenseItems")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description(
            "A page of payments that belong to no order, or are not what was asked for. OPEN ones wait for a person.")
    public Uni<SuspenseItemConnection> suspenseItems(
            @Description("Which payments.") SuspenseItemFilterInput filter,
            @DefaultValue("SINCE") @Description("What to order by.") SuspenseItemSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return items.page(
                        filter == null ? SuspenseItemFilterInput.NONE : filter,
                        ListSort.order(sort, SuspenseItemSort.SINCE, direction),
                        PageInput.of(first, after))
                .map(SuspenseItemConnection::new);
    }

    @Mutation("assignSuspenseItem")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description(
            "Money in suspense has found its owner: it pays an unpaid order of exactly this amount, or an order that is placed "
                    + "for a subject, whose credit it becomes. Give orderId, or purpose and subjectId. Repeating it changes "
                    + "nothing.")
    public Uni<SuspenseItemView> assignSuspenseItem(
            @Id @NonNull @Description("The item.") UUID id,
            @Id @Description("The order that it pays.") UUID orderId,
            @Description("What it buys: the purpose of the order to place.") String purpose,
            @Id @Description("For whom: the meter, the session …") UUID subjectId,
            @NonNull @Description("How you know.") String reason) {
        if ((orderId == null) == (purpose == null) || (purpose == null) != (subjectId == null)) {
            throw new Problem(
                    ProblemCode.VALIDATION,
                    "orderId",
                    Detail.of("须给出 {0}，或 {1} 与 {2}", "needs {0}, or {1} and {2}", "orderId", "purpose", "subjectId"));
        }
        return assign.assign(id, orderId, purpose, subjectId, checked(reason)).map(SuspenseItemView::of);
    }

    @Mutation("payBackSuspenseItem")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description(
            "Asks for money in suspense to go back, all of it. Nothing moves until a manager approves the refund, which stands "
                    + "with the item's order. Repeating it changes nothing.")
    public Uni<SuspenseItemView> payBackSuspenseItem(
            @Id @NonNull @Description("The item.") UUID id, @NonNull @Description("Why.") String reason) {
        return payBack.ask(id, checked(reason)).map(SuspenseItemView::of);
    }

    @Mutation("settleForeignSuspenseItem")
    @NonNull
    @RolesAllowed(Roles.MANAGER)
    @Description(
            "A payment in another currency, which no books hold, was settled with the channel or is given up. Nothing is posted; "
                    + "an order that it had come for is closed unpaid. Repeating it changes nothing.")
    public Uni<SuspenseItemView> settleForeignSuspenseItem(
            @Id @NonNull @Description("The item.") UUID id,
            @NonNull @Description("How.") ForeignSettlement how,
            @NonNull @Description("Why, and what proves it.") String reason) {
        return settle.settle(id, how, checked(reason)).map(SuspenseItemView::of);
    }

    private static String checked(String reason) {
        String words = reason.strip();
        if (words.isEmpty() || words.length() > LONGEST_REASON) {
            throw new Problem(ProblemCode.VALIDATION, "reason", Detail.characters(1, LONGEST_REASON));
        }
        return words;
    }
}
