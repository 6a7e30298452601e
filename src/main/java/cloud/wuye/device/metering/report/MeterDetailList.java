package cloud.wuye.device.metering.report;

import cloud.wuye.device.metering.MeterRegister;
import cloud.wuye.device.metering.account.BillingMode;
import cloud.wuye.device.metering.account.CreditUnit;
import cloud.wuye.device.registry.DeviceConnectivity;
import cloud.wuye.device.registry.DeviceKind;
import cloud.wuye.device.registry.DeviceSort;
import cloud.wuye.platform.export.ExportColumn;
import cloud.wuye.platform.export.ExportList;
import cloud.wuye.platform.export.Labels;
import cloud.wuye.platform.export.Words;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.platform.time.Clock;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** 多表明细 as a file: a column for each counter. */
@ApplicationScoped
class MeterDetailList implements ExportList<MeterDetailFilterInput, MeterDetailView> {
    private static final Labels<DeviceKind> KINDS = Labels.of(DeviceKind.class)
            .and(DeviceKind.ELECTRICITY_METER, "电表", "electricity meter")
            .and(DeviceKind.WATER_METER, "水表", "water meter")
            .and(DeviceKind.CHARGING_PILE, "充电桩", "charging pile")
            .and(DeviceKind.FACE_TERMINAL, "人脸机", "face terminal")
            .and(DeviceKind.GATEWAY, "网关", "gateway");

    private static final Labels<DeviceConnectivity> CONNECTIVITY = Labels.of(DeviceConnectivity.class)
            .and(DeviceConnectivity.UNKNOWN, "未知", "unknown")
            .and(DeviceConnectivity.ONLINE, "在线", "online")
            .and(DeviceConnectivity.OFFLINE, "离线", "offline");

    private static final Labels<BillingMode> MODES = Labels.of(BillingMode.class)
            .and(BillingMode.PREPAID, "预付费", "prepaid")
            .and(BillingMode.POSTPAID, "后付费", "paid for after use");

    private static final Labels<CreditUnit> UNITS = Labels.of(CreditUnit.class)
            .and(CreditUnit.MONEY, "元", "CNY")
            .and(CreditUnit.QUANTITY, "kWh / m³", "kWh or m³");

    private final Clock clock;

    MeterDetailList(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "meterDetails";
    }

    @Override
    public Words title() {
        return new Words("多表明细", "Meters side by side");
    }

    @Override
    public Set<String> roles() {
        return Set.of(Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN);
    }

    @Override
    public Class<MeterDetailFilterInput> filter() {
        return MeterDetailFilterInput.class;
    }

    @Override
    public Select rows(MeterDetailFilterInput by) {
        return MeterReports.passing(by, clock.now());
    }

    @Override
    public Keyset order() {
        return DeviceSort.SERIAL_NO.keyset();
    }

    @Override
    public MeterDetailView row(Row row) {
        return MeterDetailView.of(row);
    }

    @Override
    public List<ExportColumn<MeterDetailView>> columns() {
        return List.of(
                ExportColumn.text("表号", "Meter number", MeterDetailView::meterNo),
                ExportColumn.text("名称", "Name", MeterDetailView::name),
                ExportColumn.choice("类型", "Kind", MeterDetailView::kind, KINDS),
                ExportColumn.text("位置", "Space", MeterDetailView::spaceName),
                ExportColumn.choice("在线状态", "Connectivity", MeterDetailView::connectivity, CONNECTIVITY),
                ExportColumn.instant("最近在线", "Last seen", MeterDetailView::lastSeenAt),
                figure("总示数", "Total", MeterRegister.TOTAL),
                figure("尖", "Sharp", MeterRegister.SHARP),
                figure("峰", "Peak", MeterRegister.PEAK),
                figure("平", "Flat", MeterRegister.FLAT),
                figure("谷", "Valley", MeterRegister.VALLEY),
                figure("深谷", "Deep valley", MeterRegister.DEEP_VALLEY),
                figure("反向有功", "Export", MeterRegister.EXPORT),
                figure("反向流量", "Reverse flow", MeterRegister.REVERSE),
                ExportColumn.instant(
                        "总示数时间",
                        "Total read at",
                        meter -> read(meter, MeterRegister.TOTAL, RegisterFigureView::readAt)),
                ExportColumn.decimal("今日用量", "Used today", 4, MeterDetailView::usedToday),
                ExportColumn.decimal("本月用量", "Used this month", 4, MeterDetailView::usedThisMonth),
                ExportColumn.choice("计费方式", "Paid for", MeterDetailView::mode, MODES),
                ExportColumn.decimal("剩余", "Credit", 6, MeterDetailView::credit),
                ExportColumn.choice("单位", "Unit", MeterDetailView::unit, UNITS),
                ExportColumn.text("应为", "Wanted", MeterDetailView::desired),
                ExportColumn.text("实为", "Reported", MeterDetailView::reported));
    }

    private static ExportColumn<MeterDetailView> figure(String zh, String en, MeterRegister register) {
        return ExportColumn.decimal(zh, en, 4, meter -> read(meter, register, RegisterFigureView::value));
    }

    /** What a counter showed; null where the meter has none. */
    private static <T> T read(MeterDetailView meter, MeterRegister register, Function<RegisterFigureView, T> of) {
        return meter.figures().stream()
                .filter(figure -> figure.register() == register)
                .map(of)
                .findFirst()
                .orElse(null);
    }
}
