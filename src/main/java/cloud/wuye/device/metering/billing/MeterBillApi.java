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

/** The GraphQL door to bills of what is paid for after use. */
@GraphQLApi
public class MeterBillApi {
    private final SetBillingPeriod periods;
    private final StartBilling start;
    private final PayMeterBill pay;
    private final WriteOffBill writeOff;
    private final BillQueries queries;

    MeterBillApi(
            SetBillingPeriod periods,
            StartBilling start,
            PayMeterBill pay,
            WriteOffBill writeOff,
            BillQueries queries) {
        this.periods = periods;
        this.start = start;
        this.pay = pay;
        this.writeOff = writeOff;
        this.queries = queries;
    }

    @Query
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("How the company bills, a commodity each.")
    public Uni<List<@NonNull BillingPeriodView>> billingPeriods() {
        return periods.all().map(all -> all.stream().map(BillingPeriodView::of).toList());
    }

    @Mutation("setBillingPeriod")
    @NonNull
    @RolesAllowed(Roles.MANAGER)
    @Description("Sets how the company bills a commodity, from the running period on.")
    public Uni<BillingPeriodView> setBillingPeriod(@Valid @NonNull @Description("How.") BillingPeriodInput input) {
        return periods.set(input).map(BillingPeriodView::of);
    }

    @Mutation
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description(
            "Opens a run for bills up to an instant, besides those at the end of each period. The bills follow; see "
                    + "`billingRuns` for how far it is. Needs the commodity's billing period to be set.")
    public Uni<BillingRunView> runBilling(
            @Valid @NonNull @Description("Of what, and up to when.") RunBillingInput input) {
        return start.start(input).flatMap(queries::run);
    }

    @Query
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("A page of the runs that make bills.")
    public Uni<BillingRunConnection> billingRuns(
            @Description("Which runs.") BillingRunFilterInput filter,
            @DefaultValue("CUT_AT") @Description("What to order by.") BillingRunSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return queries.runs(
                        filter == null ? BillingRunFilterInput.NONE : filter,
                        ListSort.order(sort, BillingRunSort.CUT_AT, direction),
                        PageInput.of(first, after))
                .map(BillingRunConnection::new);
    }

    @Query
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("A page of the company's bills.")
    public Uni<MeterBillConnection> meterBills(
            @Description("Which bills.") MeterBillFilterInput filter,
            @DefaultValue("ISSUED_AT") @Description("What to order by.") MeterBillSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return queries.bills(
                        filter == null ? MeterBillFilterInput.NONE : filter,
                        ListSort.order(sort, MeterBillSort.ISSUED_AT, direction),
                        PageInput.of(first, after))
                .map(MeterBillConnection::new);
    }

    @Query
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("A bill by its id; null when there is none.")
    public Uni<MeterBillView> meterBill(@Id @NonNull @Description("The id.") UUID id) {
        return queries.bill(id);
    }

    @Name("lines")
    @NonNull
    @Description("What it is made of.")
    public Uni<List<List<MeterBillLineView>>> lines(@Source List<MeterBillView> bills) {
        return queries.lines(bills.stream().map(MeterBillView::id).toList());
    }

    @Name("events")
    @NonNull
    @Description("What became of it, first to last.")
    public Uni<List<List<MeterBillEventView>>> events(@Source List<MeterBillView> bills) {
        return queries.events(bills.stream().map(MeterBillView::id).toList());
    }

    @Mutation
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description(
            "Places the order with which a bill, or what a meter has left to pay, is going to be paid. Its payment, by "
                    + "`takePayment` or at a channel, pays the bills; what a bill cannot take any more goes back.")
    public Uni<BillPaymentView> payMeterBill(
            @Valid @NonNull @Description("Which bills, and how much.") PayMeterBillInput input) {
        return pay.place(input).map(BillPaymentView::of);
    }

    @Mutation
    @NonNull
    @RolesAllowed(Roles.MANAGER)
    @Description("核销: gives up what is left of a bill.")
    public Uni<MeterBillView> writeOffMeterBill(
            @Id @NonNull @Description("The bill.") UUID id, @NonNull @Description("Why.") String reason) {
        return writeOff.writeOff(id, reason).chain(() -> queries.bill(id));
    }
}
