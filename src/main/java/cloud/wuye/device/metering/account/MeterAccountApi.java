package cloud.wuye.device.metering.account;

import cloud.wuye.device.registry.DeviceView;
import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** The GraphQL door to the accounts of meters. */
@GraphQLApi
public class MeterAccountApi {
    private final KeepAccounts keep;
    private final AccountQueries queries;

    MeterAccountApi(KeepAccounts keep, AccountQueries queries) {
        this.keep = keep;
        this.queries = queries;
    }

    @Mutation
    @NonNull
    @Description(
            "开户: opens the account of the service point that a meter serves. What it used before its last believed "
                    + "reading is not charged.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    public Uni<MeterAccountView> openMeterAccount(
            @Id @NonNull @Description("The meter.") UUID deviceId,
            @Valid @NonNull @Description("On what terms.") MeterTermsInput terms) {
        return keep.open(deviceId, terms);
    }

    @Mutation
    @NonNull
    @Description(
            "Changes the terms of an open account, all of them: what is absent is as usual again. Mode, authority and "
                    + "unit are not terms. Another tariff plan holds from the last reading that is charged.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    public Uni<MeterAccountView> changeMeterTerms(
            @Id @NonNull @Description("The meter.") UUID deviceId,
            @Valid @NonNull @Description("The terms from now on.") MeterTermsInput terms,
            @Description("The version of the account that the change is meant for.") int version) {
        return keep.change(deviceId, terms, version);
    }

    @Mutation
    @NonNull
    @Description(
            "Makes of an open account one of another mode, authority or unit. Refused with CREDIT_NOT_SETTLED unless "
                    + "its credit is zero, with ORDER_NOT_GIVEN while one is paid for it and not given, and with READING_STALE unless its last believed reading is of the last day.")
    @RolesAllowed(Roles.MANAGER)
    public Uni<MeterAccountView> changeMeterMode(
            @Id @NonNull @Description("The meter.") UUID deviceId,
            @Valid @NonNull @Description("The terms from now on, all of them.") MeterTermsInput terms,
            @NonNull @NotBlank @Size(max = 500) @Description("Why, for the audit log.") String reason) {
        return keep.changeMode(deviceId, terms, reason);
    }

    @Mutation
    @NonNull
    @Description("销户: closes an account whose credit is zero. Refused with CREDIT_NOT_SETTLED otherwise.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    public Uni<MeterAccountView> closeMeterAccount(
            @Id @NonNull @Description("The meter.") UUID deviceId,
            @Description("Why, for the audit log.") String reason) {
        return keep.close(deviceId, reason);
    }

    @Query
    @NonNull
    @Description("Accounts of meters, the latest opened first unless asked otherwise.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    public Uni<MeterAccountConnection> meterAccounts(
            @Description("Which accounts.") MeterAccountFilterInput filter,
            @DefaultValue("OPENED_AT") @Description("What to order by.") MeterAccountSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return queries.accounts(
                        filter == null ? MeterAccountFilterInput.NONE : filter,
                        ListSort.order(sort, MeterAccountSort.OPENED_AT, direction),
                        PageInput.of(first, after))
                .map(MeterAccountConnection::new);
    }

    @Query
    @NonNull
    @Description("What moved credit other than usage, newest first unless asked otherwise.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    public Uni<CreditMoveConnection> creditMoves(
            @Description("Which movements.") CreditMoveFilterInput filter,
            @DefaultValue("AT") @Description("What to order by.") CreditMoveSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return queries.moves(
                        filter == null ? CreditMoveFilterInput.NONE : filter,
                        ListSort.order(sort, CreditMoveSort.AT, direction),
                        PageInput.of(first, after))
                .map(CreditMoveConnection::new);
    }

    @Query
    @NonNull
    @Description("What was charged for usage at a service point and why so much, the latest usage first unless asked "
            + "otherwise. The sum of any lines, corrections included, is what that usage costs.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    public Uni<RatedUsageLineConnection> ratedUsageLines(
            @Valid @NonNull @Description("Which lines.") RatedUsageLineFilterInput filter,
            @DefaultValue("UNTIL") @Description("What to order by.") RatedUsageLineSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return queries.lines(
                        filter, ListSort.order(sort, RatedUsageLineSort.UNTIL, direction), PageInput.of(first, after))
                .map(RatedUsageLineConnection::new);
    }

    @Name("account")
    @Description("The open account that a meter serves; absent if nobody pays for it.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    public Uni<List<MeterAccountView>> account(@Source List<DeviceView> meters) {
        return queries.ofMeters(meters.stream().map(DeviceView::id).toList()).map(found -> meters.stream()
                .map(meter -> MeterAccountView.of(found.get(meter.id())))
                .toList());
    }

    @Name("credit")
    @NonNull
    @Description(
            "What stands to its credit by the readings charged so far, in its unit; negative when overdrawn. POSTPAID: "
                    + "what was used and is not billed yet, below zero.")
    public Uni<List<BigDecimal>> credit(@Source List<MeterAccountView> accounts) {
        return of(accounts, Balance::credit);
    }

    @Name("chargedUntil")
    @NonNull
    @Description("The reading up to which its usage is charged.")
    public Uni<List<Instant>> chargedUntil(@Source List<MeterAccountView> accounts) {
        return of(accounts, Balance::chargedUntil);
    }

    @Name("unpricedSince")
    @Description("Since when its tariff plan has no price; usage since then waits. Absent as a rule.")
    public Uni<List<Instant>> unpricedSince(@Source List<MeterAccountView> accounts) {
        return of(accounts, Balance::unpricedSince);
    }

    private <T> Uni<List<T>> of(List<MeterAccountView> accounts, Function<Balance, T> value) {
        List<UUID> points = accounts.stream().map(MeterAccountView::pointId).toList();
        return queries.balances(points).map((Map<UUID, Balance> found) -> points.stream()
                .map(point -> value.apply(found.get(point)))
                .toList());
    }
}
