package cloud.wuye.device.metering.report;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.space.Spaces;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;

/** The lists, each page one statement. */
@ApplicationScoped
class MeterReports {
    private static final String COLUMNS =
            """
            select c.day, c.device_id, d.serial_no, d.name, d.kind, d.space_id, c.service_point_id, c.register, c.quantity, c.readings
            from\s""";
    private static final String OF_DEVICE = " c join device d on d.tenant_id = c.tenant_id and d.id = c.device_id";
    /** Only the first and the last day of a span can lie within a month. */
    private static final String MONTHS =
            """
            (select tenant_id, device_id, service_point_id, register, date_trunc('month', day::timestamp)::date as day,
                    sum(quantity) as quantity, sum(readings)::int as readings
             from consumption_by_day where register = ? and day >= ? and day < ?
             group by tenant_id, device_id, service_point_id, register, date_trunc('month', day::timestamp))""";

    private static final LocalDate EVER = LocalDate.of(2000, 1, 1);
    private static final LocalDate NEVER = LocalDate.of(9999, 1, 1);

    private final Db db;
    private final Clock clock;

    MeterReports(Db db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    Uni<Page<ConsumptionRecordView>> consumption(ConsumptionRecordFilterInput by, Keyset order, PageInput page) {
        return db.readSql(connection -> passing(by).page(connection, order, page, ConsumptionRecordView::of));
    }

    /** The rows that pass the filter. */
    static Select passing(ConsumptionRecordFilterInput by) {
        LocalDate from = by.from() == null ? EVER : by.from();
        LocalDate to = by.to() == null ? NEVER : by.to();
        String register = by.registerOrTotal().name();
        Select span = by.byMonth()
                ? Select.of(COLUMNS + MONTHS + OF_DEVICE, register, from, to)
                : Select.of(COLUMNS + "consumption_by_day" + OF_DEVICE)
                        .eq("c.register", register)
                        .where("c.day >= ? and c.day < ?", from, to);
        Select select = span.eq("c.device_id", by.deviceId())
                .eq("c.service_point_id", by.pointId())
                .eq("d.kind", by.kind())
                .startsWith("d.serial_no", by.meterNo());
        if (by.within() != null) {
            select.where("d.space_id" + Spaces.WITHIN, by.within());
        }
        return select;
    }

    Uni<Page<MeterDetailView>> details(MeterDetailFilterInput by, Keyset order, PageInput page) {
        return db.readSql(connection -> passing(by, clock.now()).page(connection, order, page, MeterDetailView::of));
    }

    /** The meters that pass the filter, with their figures of now. */
    static Select passing(MeterDetailFilterInput by, Instant now) {
        Select select = Select.of(MeterDetailView.SELECT, now)
                .where("d.device_class in ('emeter', 'wmeter')")
                .where("d.lifecycle <> 'RETIRED'")
                .eq("d.id", by.deviceId())
                .eq("d.kind", by.kind())
                .eq("a.mode", by.mode())
                .startsWith("d.serial_no", by.meterNo());
        if (by.connectivity() != null) {
            select.where("coalesce(s.connectivity, 'UNKNOWN') = ?", by.connectivity());
        }
        if (by.within() != null) {
            select.where("d.space_id" + Spaces.WITHIN, by.within());
        }
        return select;
    }
}
