package cloud.wuye.device.metering.billing;

import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
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

/** The GraphQL door for residents who are billed after use. */
@GraphQLApi
public class MyMeterBillApi {
    private final MyMeterBills mine;
    private final BillQueries queries;

    MyMeterBillApi(MyMeterBills mine, BillQueries queries) {
        this.mine = mine;
        this.queries = queries;
    }

    @Query
    @NonNull
    @RolesAllowed(Roles.RESIDENT)
    @Description("账单: the bills that the caller is asked to pay, and those of meters that the caller lives with.")
    public Uni<MyMeterBillConnection> myMeterBills(
            @Description("Which bills.") MyMeterBillFilterInput filter,
            @DefaultValue("ISSUED_AT") @Description("What to order by.") MeterBillSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return mine.page(
                        filter == null ? MyMeterBillFilterInput.NONE : filter,
                        ListSort.order(sort, MeterBillSort.ISSUED_AT, direction),
                        PageInput.of(first, after))
                .map(MyMeterBillConnection::new);
    }

    @Name("lines")
    @NonNull
    @Description("What it is made of.")
    public Uni<List<List<MeterBillLineView>>> lines(@Source List<MyMeterBillView> bills) {
        return queries.lines(ids(bills));
    }

    @Name("payments")
    @NonNull
    @Description("With what it was paid, and what may still be paid, first to last.")
    public Uni<List<List<MyBillPaymentView>>> payments(@Source List<MyMeterBillView> bills) {
        return queries.payments(ids(bills));
    }

    @Query
    @NonNull
    @RolesAllowed(Roles.RESIDENT)
    @Description("What paying a bill of the caller's, or a part of it, would cost now, and what it would leave.")
    public Uni<BillQuoteView> quoteMyMeterBill(
            @Id @NonNull @Description("The bill.") UUID billId,
            @Description("How much, in fen; absent: all that is left.") Long amountFen) {
        return mine.quote(billId, amountFen);
    }

    @Mutation
    @NonNull
    @RolesAllowed(Roles.RESIDENT)
    @Description(
            "缴费: begins to pay a bill of the caller's through WeChat Pay. The bill changes once it is paid; what it"
                    + " cannot take any more goes back. Asked again with the same key, it goes on with the same payment.")
    public Uni<PayMyMeterBillView> payMyMeterBill(
            @Valid @NonNull @Description("Which bill, and how.") PayMyMeterBillInput input) {
        return mine.pay(input);
    }

    private static List<UUID> ids(List<MyMeterBillView> bills) {
        return bills.stream().map(MyMeterBillView::id).toList();
    }
}
