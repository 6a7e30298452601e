package cloud.wuye.device.timetable;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What is asked about timetables. */
@ApplicationScoped
class TimetableQueries {
    private static final String SELECT = "select " + TimetableRow.COLUMNS + " from " + TimetableRow.FROM;

    private final Db db;
    private final Timetables timetables;

    TimetableQueries(Db db, Timetables timetables) {
        this.db = db;
        this.timetables = timetables;
    }

    /** A page; with a device only timetables that concern it now, by name or by its space. */
    Uni<Page<TimetableRow>> page(String purpose, TimetableFilterInput filter, Keyset order, PageInput page) {
        return db.readSql(connection -> {
            Select select = Select.of(SELECT)
                    .where("t.status <> 'DELETED'")
                    .eq("t.purpose", purpose)
                    .eq("t.status", filter.status())
                    .contains("t.name", filter.search());
            Select narrowed = filter.deviceId() == null
                    ? select
                    : select.where(
                            "t.id in (select timetable_id from timetable_device where device_id = ?)",
                            filter.deviceId());
            return narrowed.page(connection, order, page, timetables::read);
        });
    }

    /** One, or null. */
    Uni<TimetableRow> one(String purpose, UUID id) {
        return db.readSql(connection -> Select.of(SELECT)
                        .where("t.status <> 'DELETED'")
                        .eq("t.purpose", purpose)
                        .eq("t.id", id)
                        .list(connection, "limit 1", timetables::read))
                .map(found -> found.isEmpty() ? null : found.get(0));
    }
}
