package cloud.wuye.platform.export;

/** A text in the two languages of the service. */
public record Words(String zh, String en) {
    /** The text in one of them. */
    public String in(ExportLanguage language) {
        return language == ExportLanguage.EN ? en : zh;
    }
}
