package cloud.wuye.platform.export;

/** What the cells of a column are. */
enum ColumnKind {
    TEXT(24, "文本", "text"),
    DECIMAL(14, "数值", "number"),
    YUAN(14, "金额（元）", "amount in yuan"),
    INSTANT(20, "时间（公司时区）", "time in the company's zone"),
    DATE(12, "日期", "date"),
    CHOICE(16, "选项", "one of a few words");

    private final int width;
    private final Words words;

    ColumnKind(int width, String zh, String en) {
        this.width = width;
        this.words = new Words(zh, en);
    }

    /** Characters that the column shows without being widened. */
    int width() {
        return width;
    }

    Words words() {
        return words;
    }
}
