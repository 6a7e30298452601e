package cloud.wuye.device.metering.settlement;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import java.util.UUID;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** The GraphQL door to settlements. */
@GraphQLApi
public class SettlementApi {
    private final Db db;
    private final StartSettlement start;

    SettlementApi(Db db, StartSettlement start) {
        this.db = db;
        this.start = start;
    }

    @Mutation
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description(
            "结算: settles meters whose usage the service charges, each up to its newest believed reading. The records "
                    + "follow; `settlementRun` tells how far it is.")
    public Uni<SettlementRunView> settleMeters(
            @Valid @NonNull @Description("Which, and up to when.") SettleMetersInput input) {
        return start.start(input).flatMap(this::settlementRun);
    }

    @Query
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("Meters that are settled together, by the run's id, and how far that is; null when there is none.")
    public Uni<SettlementRunView> settlementRun(@Id @NonNull @Description("The id.") UUID id) {
        return db.readSql(connection -> Select.of(SettlementRunView.SELECT)
                .eq("r.id", id)
                .list(connection, "limit 1", SettlementRunView::of)
                .map(found -> found.isEmpty() ? null : found.get(0)));
    }

    @Query
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("结算记录: a page of the settlements of the company's accounts.")
    public Uni<SettlementRecordConnection> settlementRecords(
            @Description("Which settlements.") SettlementRecordFilterInput filter,
            @DefaultValue("SETTLED_AT") @Description("What to order by.") SettlementRecordSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        SettlementRecordFilterInput by = filter == null ? SettlementRecordFilterInput.NONE : filter;
        PageInput page = PageInput.of(first, after);
        return db.readSql(connection -> by.narrow(Select.of(SettlementRecordView.SELECT))
                        .page(
                                connection,
                                ListSort.order(sort, SettlementRecordSort.SETTLED_AT, direction),
                                page,
                                SettlementRecordView::of))
                .map(SettlementRecordConnection::new);
    }
}
