package cloud.wuye.device.metering;

import cloud.wuye.platform.export.Labels;
import io.vertx.mutiny.sqlclient.Row;

/** How a meter is called in an exported line, and the words that such lines use. */
record MeterLabels(String serialNo, String name, String space) {
    /** What {@link #of(Row)} reads, after {@link #JOIN}. */
    static final String COLUMNS = "m.serial_no AS meter_serial_no, m.name AS meter_name, p.name AS meter_space";

    /** The meter and where it is, of the alias put in for the mark. A device's row is never removed. */
    static final String JOIN = "JOIN device m ON m.tenant_id = %1$s.tenant_id AND m.id = %1$s.device_id"
            + " LEFT JOIN space p ON p.tenant_id = m.tenant_id AND p.id = m.space_id";

    static final Labels<MeterRegister> REGISTERS = Labels.of(MeterRegister.class)
            .and(MeterRegister.TOTAL, "总", "total")
            .and(MeterRegister.EXPORT, "反向有功", "export")
            .and(MeterRegister.REVERSE, "反向流量", "reverse flow")
            .and(MeterRegister.SHARP, "尖", "sharp")
            .and(MeterRegister.PEAK, "峰", "peak")
            .and(MeterRegister.FLAT, "平", "flat")
            .and(MeterRegister.VALLEY, "谷", "valley")
            .and(MeterRegister.DEEP_VALLEY, "深谷", "deep valley");

    static final Labels<ReadingOrigin> ORIGINS = Labels.of(ReadingOrigin.class)
            .and(ReadingOrigin.PUSHED, "主动上报", "sent by the meter")
            .and(ReadingOrigin.SCHEDULED, "定时抄表", "by schedule")
            .and(ReadingOrigin.ON_DEMAND, "即时抄表", "asked for")
            .and(ReadingOrigin.MANUAL, "人工抄表", "by hand")
            .and(ReadingOrigin.INITIAL, "装表底数", "at installation")
            .and(ReadingOrigin.FINAL, "拆表止数", "at removal");

    static final Labels<ReadingQuality> QUALITIES = Labels.of(ReadingQuality.class)
            .and(ReadingQuality.VALID, "有效", "valid")
            .and(ReadingQuality.SUSPECT, "存疑", "suspect")
            .and(ReadingQuality.ESTIMATED, "估算", "estimated")
            .and(ReadingQuality.REJECTED, "作废", "rejected");

    static final Labels<ReadingFinding> FINDINGS = Labels.of(ReadingFinding.class)
            .and(ReadingFinding.ROLLOVER, "翻转", "rollover")
            .and(ReadingFinding.NEGATIVE, "倒走", "ran backwards")
            .and(ReadingFinding.JUMP, "突变", "jump")
            .and(ReadingFinding.NOT_INSTALLED, "未安装", "not installed");

    static MeterLabels of(Row row) {
        return new MeterLabels(
                row.getString("meter_serial_no"), row.getString("meter_name"), row.getString("meter_space"));
    }
}
