package cloud.wuye.platform.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A workbook read as ECMA-376 says, by nothing but an XML parser: what the library that wrote it believes counts for
 * nothing. Whatever it holds that a reader would stumble over is an error.
 */
public final class OoxmlBook {
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final LocalDateTime EPOCH = LocalDateTime.of(1899, 12, 30, 0, 0);
    private static final BigDecimal MILLIS =
            BigDecimal.valueOf(Duration.ofDays(1).toMillis());

    private final Map<String, byte[]> parts = new HashMap<>();
    private final List<String> formats = new ArrayList<>();

    private OoxmlBook(byte[] file) {
        try {
            Path copy = Files.createTempFile("export", ".xlsx");
            Files.write(copy, file);
            // By its directory at the end, as every reader of workbooks does.
            try (ZipFile zip = new ZipFile(copy.toFile())) {
                for (ZipEntry entry : Collections.list(zip.entries())) {
                    byte[] twice =
                            parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
                    assertTrue(twice == null, "twice: " + entry.getName());
                }
            }
            Files.delete(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cells of the only sheet, line by line: String, BigDecimal, LocalDateTime, or null for an empty one. */
    public static List<List<Object>> cells(byte[] file) {
        return new OoxmlBook(file).read();
    }

    private List<List<Object>> read() {
        everyPartHasAType();
        String workbook = target("_rels/.rels", "", "officeDocument");
        Document book = xml(workbook);
        NodeList sheets = book.getElementsByTagNameNS(MAIN, "sheet");
        assertEquals(1, sheets.getLength());
        String relation = ((Element) sheets.item(0)).getAttributeNS(OFFICE, "id");
        String home = workbook.substring(0, workbook.lastIndexOf('/') + 1);
        String relations = home + "_rels/" + workbook.substring(home.length()) + ".rels";
        readFormats(target(relations, home, "styles"));
        Document sheet = xml(byId(relations, home, relation));
        assertEquals(0, sheet.getElementsByTagNameNS(MAIN, "f").getLength(), "a formula");
        return lines(sheet);
    }

    /** A reader refuses a package of which it does not know what a part is. */
    private void everyPartHasAType() {
        Document types = xml("[Content_Types].xml");
        NodeList defaults = types.getElementsByTagNameNS("*", "Default");
        NodeList overrides = types.getElementsByTagNameNS("*", "Override");
        for (String part : parts.keySet()) {
            boolean known = part.equals("[Content_Types].xml");
            for (int i = 0; i < defaults.getLength(); i++) {
                known = known || part.endsWith("." + ((Element) defaults.item(i)).getAttribute("Extension"));
            }
            for (int i = 0; i < overrides.getLength(); i++) {
                known = known || ("/" + part).equals(((Element) overrides.item(i)).getAttribute("PartName"));
            }
            assertTrue(known, "no content type: " + part);
        }
        for (int i = 0; i < overrides.getLength(); i++) {
            String part = ((Element) overrides.item(i)).getAttribute("PartName");
            assertNotNull(parts.get(part.substring(1)), "not there: " + part);
        }
    }

    private String target(String relations, String home, String kind) {
        NodeList all = xml(relations).getElementsByTagNameNS(RELATIONS, "Relationship");
        for (int i = 0; i < all.getLength(); i++) {
            Element each = (Element) all.item(i);
            if (each.getAttribute("Type").equals(OFFICE + "/" + kind)) {
                return resolved(home, each.getAttribute("Target"));
            }
        }
        throw new AssertionError("no " + kind + " in " + relations);
    }

    private String byId(String relations, String home, String id) {
        NodeList all = xml(relations).getElementsByTagNameNS(RELATIONS, "Relationship");
        for (int i = 0; i < all.getLength(); i++) {
            Element each = (Element) all.item(i);
            if (each.getAttribute("Id").equals(id)) {
                return resolved(home, each.getAttribute("Target"));
            }
        }
        throw new AssertionError("no " + id + " in " + relations);
    }

    private static String resolved(String home, String target) {
        return target.startsWith("/") ? target.substring(1) : home + target;
    }

    private void readFormats(String part) {
        Document styles = xml(part);
        Map<String, String> own = new HashMap<>();
        NodeList formatCodes = styles.getElementsByTagNameNS(MAIN, "numFmt");
        for (int i = 0; i < formatCodes.getLength(); i++) {
            Element each = (Element) formatCodes.item(i);
            own.put(each.getAttribute("numFmtId"), each.getAttribute("formatCode"));
        }
        NodeList used =
                ((Element) styles.getElementsByTagNameNS(MAIN, "cellXfs").item(0)).getElementsByTagNameNS(MAIN, "xf");
        for (int i = 0; i < used.getLength(); i++) {
            formats.add(own.getOrDefault(((Element) used.item(i)).getAttribute("numFmtId"), ""));
        }
    }

    private List<List<Object>> lines(Document sheet) {
        List<List<Object>> lines = new ArrayList<>();
        NodeList rows = sheet.getElementsByTagNameNS(MAIN, "row");
        for (int i = 0; i < rows.getLength(); i++) {
            Element row = (Element) rows.item(i);
            assertEquals(String.valueOf(i + 1), row.getAttribute("r"), "rows follow each other");
            List<Object> line = new ArrayList<>();
            NodeList cells = row.getElementsByTagNameNS(MAIN, "c");
            for (int j = 0; j < cells.getLength(); j++) {
                Element cell = (Element) cells.item(j);
                int column = column(cell.getAttribute("r"), i + 1);
                assertTrue(column >= line.size(), "cells go from left to right");
                while (line.size() < column) {
                    line.add(null);
                }
                line.add(value(cell));
            }
            lines.add(line);
        }
        return lines;
    }

    /** From 0; the number in its name must be its row's. */
    private static int column(String name, int row) {
        String letters = name.replaceAll("[0-9]", "");
        assertEquals(letters + row, name);
        int column = 0;
        for (char letter : letters.toCharArray()) {
            column = column * 26 + letter - 'A' + 1;
        }
        return column - 1;
    }

    private Object value(Element cell) {
        NodeList plain = cell.getElementsByTagNameNS(MAIN, "v");
        String type = cell.getAttribute("t");
        if (type.equals("inlineStr")) {
            NodeList texts = cell.getElementsByTagNameNS(MAIN, "t");
            assertEquals(1, texts.getLength());
            return texts.item(0).getTextContent();
        }
        if (plain.getLength() == 0) {
            return null;
        }
        assertTrue(type.isEmpty() || type.equals("n"), "a cell of type " + type);
        BigDecimal number = new BigDecimal(plain.item(0).getTextContent());
        String style = cell.getAttribute("s");
        String format = style.isEmpty() ? "" : formats.get(Integer.parseInt(style));
        return format.contains("yy") ? moment(number) : number;
    }

    private static LocalDateTime moment(BigDecimal days) {
        long millis = days.multiply(MILLIS).setScale(0, RoundingMode.HALF_UP).longValueExact();
        return EPOCH.plus(Duration.ofSeconds((millis + 500) / 1000));
    }

    private Document xml(String part) {
        byte[] bytes = parts.get(part);
        assertNotNull(bytes, "not there: " + part);
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError(part + " is not XML", e);
        }
    }
}
