package cloud.wuye.platform.export;

/**
 * What somebody wants as a file, checked.
 *
 * @param filter as JSON
 */
record ExportRequest(ExportList<?, ?> list, ExportFormat format, String filter, ExportLanguage language) {}
