package cloud.wuye.device.imports;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A column of the file, with the headings under which it may stand. */
enum ImportColumn {
    KIND(true, "kind", "类型", "设备类型"),
    SERIAL_NO(true, "serial_no", "序列号", "设备编号", "表号"),
    NAME(false, "name", "名称", "设备名称"),
    MODEL(false, "model", "型号"),
    SPACE(false, "space", "位置", "安装位置", "空间"),
    GATEWAY(false, "gateway", "网关", "网关序列号"),
    HEARTBEAT(false, "heartbeat_seconds", "心跳秒数");

    private final boolean required;
    private final String heading;
    private final Set<String> headings;

    ImportColumn(boolean required, String... headings) {
        this.required = required;
        this.heading = headings[0];
        this.headings = Set.of(headings);
    }

    boolean required() {
        return required;
    }

    /** The English heading, which names the column in errors. */
    String heading() {
        return heading;
    }

    static Optional<ImportColumn> of(String heading) {
        String wanted = heading.trim().toLowerCase(Locale.ROOT);
        return Stream.of(values())
                .filter(column -> column.headings.contains(wanted))
                .findFirst();
    }
}
