package cloud.wuye.device.metering;

import cloud.wuye.device.registry.DeviceConnection;
import cloud.wuye.device.registry.DeviceFilterInput;
import cloud.wuye.device.registry.DeviceKind;
import cloud.wuye.device.registry.DeviceSort;
import cloud.wuye.device.registry.DeviceView;
import cloud.wuye.device.registry.Devices;
import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** The GraphQL door to metering: what can be asked. A meter is a device; its figures are further fields of it. */
@GraphQLApi
public class MeterApi {
    private static final String FROM = "The first day, in the company's calendar.";
    private static final String TO = "The first day that no longer counts. A series has 1000 points at most.";
    private static final String REGISTER = "Which counter.";
    private static final String TOTAL = "TOTAL";
    private static final int NEWEST_LIMIT = 100;

    private final Devices devices;
    private final Readings readings;
    private final ConsumptionSeries consumption;

    MeterApi(Devices devices, Readings readings, ConsumptionSeries consumption) {
        this.devices = devices;
        this.readings = readings;
        this.consumption = consumption;
    }

    @Query
    @NonNull
    @Description("A page of the company's electricity and water meters.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    public Uni<DeviceConnection> meters(
            @Description("Which meters; `kinds` may narrow to one of the two.") DeviceFilterInput filter,
            @DefaultValue("SERIAL_NO") @Description("What to order by.") DeviceSort sort,
            @DefaultValue("ASC") @Description("Which way.") SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return devices.page(
                        DeviceFilterInput.only(filter, List.of(DeviceKind.ELECTRICITY_METER, DeviceKind.WATER_METER)),
                        sort == null ? DeviceSort.SERIAL_NO : sort,
                        direction,
                        PageInput.of(first, after))
                .map(DeviceConnection::new);
    }

    @Query
    @NonNull
    @Description("A page of the company's readings.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    public Uni<MeterReadingConnection> meterReadings(
            @Description("Which readings.") MeterReadingFilterInput filter,
            @DefaultValue("READ_AT") @Description("What to order by.") MeterReadingSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return readings.page(
                        filter == null ? MeterReadingFilterInput.NONE : filter,
                        ListSort.order(sort, MeterReadingSort.READ_AT, direction),
                        PageInput.of(first, after))
                .map(MeterReadingConnection::new);
    }

    @Query
    @NonNull
    @Description("What was used at a service point, whichever meters counted there.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    public Uni<ConsumptionView> servicePointConsumption(
            @Id @NonNull @Description("The service point.") UUID servicePointId,
            @NonNull @Description("By the hour, day or month.") ConsumptionPeriod by,
            @NonNull @Description(FROM) LocalDate from,
            @NonNull @Description(TO) LocalDate to,
            @DefaultValue(TOTAL) @Description(REGISTER) MeterRegister register) {
        return consumption
                .ofServicePoints(List.of(servicePointId), or(register), new ConsumptionSeries.Span(by, from, to))
                .map(found -> found.get(servicePointId));
    }

    @Name("latestReading")
    @Description("The newest reading of a meter, whatever its quality; absent if there is none.")
    public Uni<List<MeterReadingView>> latestReading(
            @Source List<DeviceView> views, @DefaultValue(TOTAL) @Description(REGISTER) MeterRegister register) {
        return readings.newest(ids(views), or(register), 1).map(found -> views.stream()
                .map(view -> found.getOrDefault(view.id(), List.of()))
                .map(newest -> newest.isEmpty() ? null : newest.get(0))
                .toList());
    }

    @Name("readings")
    @NonNull
    @Description(
            "The newest readings of a meter, newest first. Use `meterReadings(filter: {deviceId})` to page through all.")
    public Uni<List<List<MeterReadingView>>> readings(
            @Source List<DeviceView> views,
            @DefaultValue("5") @Description("How many, 1 to 100.") Integer first,
            @DefaultValue(TOTAL) @Description(REGISTER) MeterRegister register) {
        int each = first == null ? 5 : first;
        if (each < 1 || each > NEWEST_LIMIT) {
            throw new Problem(ProblemCode.VALIDATION, "first", "1 … " + NEWEST_LIMIT);
        }
        return readings.newest(ids(views), or(register), each).map(found -> views.stream()
                .map(view -> found.getOrDefault(view.id(), List.of()))
                .toList());
    }

    @Name("consumption")
    @NonNull
    @Description("What a meter counted, wherever it was installed.")
    public Uni<List<ConsumptionView>> consumption(
            @Source List<DeviceView> views,
            @NonNull @Description("By the hour, day or month.") ConsumptionPeriod by,
            @NonNull @Description(FROM) LocalDate from,
            @NonNull @Description(TO) LocalDate to,
            @DefaultValue(TOTAL) @Description(REGISTER) MeterRegister register) {
        return consumption
                .ofMeters(ids(views), or(register), new ConsumptionSeries.Span(by, from, to))
                .map(found -> views.stream().map(view -> found.get(view.id())).toList());
    }

    private static MeterRegister or(MeterRegister register) {
        return register == null ? MeterRegister.TOTAL : register;
    }

    private static List<UUID> ids(List<DeviceView> views) {
        return views.stream().map(DeviceView::id).toList();
    }
}
