package cloud.wuye.device.metering.report;

import cloud.wuye.device.registry.DeviceSort;
import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** The GraphQL door to lists of figures of meters. */
@GraphQLApi
public class MeterReportApi {
    private final MeterReports reports;

    MeterReportApi(MeterReports reports) {
        this.reports = reports;
    }

    @Query
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    @Description("能耗: a page of what the company's meters used, by the day or month.")
    public Uni<ConsumptionRecordConnection> consumptionRecords(
            @Description("Which records.") ConsumptionRecordFilterInput filter,
            @DefaultValue("PERIOD") @Description("What to order by.") ConsumptionRecordSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return reports.consumption(
                        filter == null ? ConsumptionRecordFilterInput.NONE : filter,
                        ListSort.order(sort, ConsumptionRecordSort.PERIOD, direction),
                        PageInput.of(first, after))
                .map(ConsumptionRecordConnection::new);
    }

    @Query
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    @Description("多表明细: a page of the company's meters with all their figures side by side.")
    public Uni<MeterDetailConnection> meterDetails(
            @Description("Which meters.") MeterDetailFilterInput filter,
            @DefaultValue("SERIAL_NO") @Description("What to order by.") DeviceSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return reports.details(
                        filter == null ? MeterDetailFilterInput.NONE : filter,
                        ListSort.order(sort, DeviceSort.SERIAL_NO, direction),
                        PageInput.of(first, after))
                .map(MeterDetailConnection::new);
    }
}
