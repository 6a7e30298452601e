package cloud.wuye.platform.export;

/** The language of an export: its headings and the words for states and kinds. */
public enum ExportLanguage {
    /** Chinese, unless asked otherwise. */
    ZH,
    /** English. */
    EN
}
