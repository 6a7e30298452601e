package cloud.wuye.device.metering.water;

import cloud.wuye.platform.export.ExportColumn;
import cloud.wuye.platform.export.ExportList;
import cloud.wuye.platform.export.Words;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.security.Roles;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** 疑似漏水 as a file. */
@ApplicationScoped
class LeakSuspicionList implements ExportList<LeakSuspicionFilterInput, LeakSuspicionView> {
    @Override
    public String name() {
        return "leakSuspicions";
    }

    @Override
    public Words title() {
        return new Words("疑似漏水", "Suspected leaks");
    }

    @Override
    public Set<String> roles() {
        return Set.of(Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN);
    }

    @Override
    public Class<LeakSuspicionFilterInput> filter() {
        return LeakSuspicionFilterInput.class;
    }

    @Override
    public Select rows(LeakSuspicionFilterInput by) {
        return by.narrow(Select.of(LeakSuspicionView.SELECT));
    }

    @Override
    public Keyset order() {
        return LeakSuspicionSort.OPENED_AT.keyset();
    }

    @Override
    public LeakSuspicionView row(Row row) {
        return LeakSuspicionView.of(row);
    }

    @Override
    public List<ExportColumn<LeakSuspicionView>> columns() {
        return List.of(
                ExportColumn.text("表号", "Meter number", LeakSuspicionView::meterNo),
                ExportColumn.instant("发现时间", "Noticed", LeakSuspicionView::openedAt),
                ExportColumn.date("首夜", "First night", LeakSuspicionView::firstNight),
                ExportColumn.date("末夜", "Last night", LeakSuspicionView::lastNight),
                ExportColumn.whole("夜数", "Nights", LeakSuspicionView::nights),
                ExportColumn.decimal("最小流量(m³/h)", "Least flow (m³/h)", 4, LeakSuspicionView::leastFlow),
                ExportColumn.instant("结束时间", "Ended", LeakSuspicionView::closedAt));
    }
}
