package cloud.wuye.device.metering.account;

import cloud.wuye.platform.export.ExportColumn;
import cloud.wuye.platform.export.ExportList;
import cloud.wuye.platform.export.Labels;
import cloud.wuye.platform.export.Words;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.tariff.rating.PricePeriod;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** 计费明细 of a service point as a file. */
@ApplicationScoped
class RatedUsageLineList implements ExportList<RatedUsageLineFilterInput, RatedUsageLineView> {
    private static final Labels<PricePeriod> PERIODS = Labels.of(PricePeriod.class)
            .and(PricePeriod.ALL_DAY, "全天", "all day")
            .and(PricePeriod.SHARP, "尖", "sharp")
            .and(PricePeriod.PEAK, "峰", "peak")
            .and(PricePeriod.FLAT, "平", "flat")
            .and(PricePeriod.VALLEY, "谷", "valley")
            .and(PricePeriod.DEEP_VALLEY, "深谷", "deep valley");

    @Override
    public String name() {
        return "ratedUsageLines";
    }

    @Override
    public Words title() {
        return new Words("计费明细", "Charged usage");
    }

    @Override
    public Set<String> roles() {
        return Set.of(Roles.MANAGER, Roles.FINANCE);
    }

    @Override
    public Class<RatedUsageLineFilterInput> filter() {
        return RatedUsageLineFilterInput.class;
    }

    @Override
    public Select rows(RatedUsageLineFilterInput by) {
        return by.narrow(Select.of(RatedUsageLineView.SELECT));
    }

    @Override
    public Keyset order() {
        return RatedUsageLineSort.UNTIL.keyset();
    }

    @Override
    public RatedUsageLineView row(Row row) {
        return RatedUsageLineView.of(row);
    }

    @Override
    public List<ExportColumn<RatedUsageLineView>> columns() {
        return List.of(
                ExportColumn.text("表计", "Meter", RatedUsageLineView::deviceId),
                ExportColumn.instant("抄表起", "Reading from", RatedUsageLineView::since),
                ExportColumn.instant("抄表止", "Reading until", RatedUsageLineView::until),
                ExportColumn.instant("时段起", "From", RatedUsageLineView::fromAt),
                ExportColumn.instant("时段止", "To", RatedUsageLineView::toAt),
                ExportColumn.choice("时段", "Hours", RatedUsageLineView::period, PERIODS),
                ExportColumn.whole("阶梯", "Tier", RatedUsageLineView::tier),
                ExportColumn.decimal("用量", "Used", 4, RatedUsageLineView::quantity),
                ExportColumn.decimal("阶梯已用", "Used before", 4, RatedUsageLineView::usedBefore),
                ExportColumn.decimal("单价(元)", "Price (CNY)", 6, RatedUsageLineView::energyPrice),
                ExportColumn.decimal("服务费单价(元)", "Service price (CNY)", 6, RatedUsageLineView::servicePrice),
                ExportColumn.decimal("金额(元)", "Amount (CNY)", 6, RatedUsageLineView::energyAmount),
                ExportColumn.decimal("服务费(元)", "Service (CNY)", 6, RatedUsageLineView::serviceAmount),
                ExportColumn.whole("修订", "Revision", RatedUsageLineView::revision),
                ExportColumn.yesNo("冲回", "Taken back", RatedUsageLineView::takenBack),
                ExportColumn.instant("计费时间", "Charged", RatedUsageLineView::ratedAt));
    }
}
