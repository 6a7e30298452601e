package cloud.wuye.platform.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who reads Chinese is told in Chinese: no English words in the Chinese texts of problems, of their details and of constraints. */
class ProblemTextsTest {
    private static final Path SOURCES = Path.of("src/main/java");
    /** Two words in a row. Names of fields, media types and constants stand alone among Chinese ones. */
    private static final Pattern SENTENCE = Pattern.compile("[A-Za-z]{2,} +[A-Za-z]{2,}");

    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    /** A small word of English where a value should stand; settings and names in mixed case are none. */
    private static final Pattern WORD = Pattern.compile("(?<![\\w.-])(?!query\\b|null\\b)[a-z]{2,}(?![\\w.-])");

    @Test
    void theCataloguesChineseIsChinese() {
        for (ProblemCode code : ProblemCode.values()) {
            assertTrue(CHINESE.matcher(code.zh()).find(), code.name());
            assertTrue(!SENTENCE.matcher(code.zh()).find(), () -> code + ": " + code.zh());
            assertTrue(!CHINESE.matcher(code.en()).find(), () -> code + ": " + code.en());
        }
    }

    @Test
    void aDetailIsFilledInInTheReadersLanguage() {
        Problem problem = new Problem(ProblemCode.VALIDATION, "receiptNo", Detail.characters(1, 64));
        assertEquals("输入有误：须为 1 至 64 个字符", problem.text(Locale.CHINESE));
        assertEquals("Invalid input: must be 1 to 64 characters", problem.text(Locale.ENGLISH));
        assertEquals(
                "不能超过 5000 分'", Detail.of("不能超过 {0} 分'", "at most {0}", 5000).zh());
    }

    /** Words among the arguments of a problem are a Detail, and its Chinese is Chinese. */
    @Test
    void noProblemIsRaisedWithEnglishWordsOnly() throws IOException {
        List<String> wrong = new ArrayList<>();
        int raised = 0;
        int details = 0;
        for (Path source : sources()) {
            String text = Files.readString(source);
            for (String call : calls(text, "new Problem(")) {
                raised++;
                String words = withoutCalls(call, "Detail.of(", "Detail.between(", "Detail.characters(");
                Matcher literal = LITERAL.matcher(words.replaceAll("\\.get\\w*\\(\"[^\"]*\"", ""));
                for (int n = 0; literal.find(); n++) {
                    boolean field = words.indexOf(',') >= 0 && isSecond(words, literal.start());
                    if (!field
                            && (WORD.matcher(literal.group(1)).find()
                                    || SENTENCE.matcher(literal.group(1)).find())) {
                        wrong.add(source.getFileName() + ": " + literal.group());
                    }
                }
            }
            for (String detail : calls(text, "Detail.of(")) {
                details++;
                Matcher chinese = LITERAL.matcher(detail);
                if (!chinese.find()
                        || SENTENCE.matcher(chinese.group(1)).find()
                        || !(CHINESE.matcher(chinese.group(1)).find()
                                || chinese.group(1).startsWith("{0}（"))) {
                    wrong.add(source.getFileName() + ": " + detail);
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(raised > 300 && details > 30, "saw only " + raised + " problems and " + details + " details");
    }

    /** What a constraint says: our own by keys that both files know, the validator's by texts that come with it. */
    @Test
    void constraintsSpeakBothLanguages() throws IOException {
        Properties zh = texts("/ValidationMessages_zh.properties");
        Properties en = texts("/ValidationMessages.properties");
        assertEquals(new TreeSet<>(en.stringPropertyNames()), new TreeSet<>(zh.stringPropertyNames()));
        zh.forEach((key, text) -> assertTrue(CHINESE.matcher((String) text).find(), () -> key + ": " + text));
        Properties theirs = texts("/org/hibernate/validator/ValidationMessages_zh.properties");
        Pattern used = Pattern.compile(
                "import ((?:jakarta\\.validation|org\\.hibernate\\.validator)\\.constraints\\.[\\w.]+);");
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (Path source : sources()) {
            String text = Files.readString(source);
            Matcher constraint = used.matcher(text);
            while (constraint.find()) {
                seen++;
                String said = theirs.getProperty(constraint.group(1) + ".message");
                if (said == null || !CHINESE.matcher(said).find()) {
                    wrong.add(source.getFileName() + ": " + constraint.group(1) + " says " + said);
                }
            }
            Matcher own = Pattern.compile("message = \"(.*?)\"\\)").matcher(text);
            while (own.find()) {
                String key = own.group(1);
                if (!key.startsWith("{") || zh.getProperty(key.substring(1, key.length() - 1)) == null) {
                    wrong.add(source.getFileName() + ": " + key);
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(seen > 50, "saw only " + seen);
    }

    /** Whether what stands there is the second argument: the field at fault. */
    private static boolean isSecond(String arguments, int at) {
        return arguments.substring(0, at).chars().filter(c -> c == ',').count() == 1;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> all = Files.walk(SOURCES)) {
            return all.filter(each -> each.toString().endsWith(".java")).toList();
        }
    }

    private static String withoutCalls(String text, String... names) {
        String left = text;
        for (String name : names) {
            for (String inner : calls(text, name)) {
                left = left.replace(inner, "");
            }
        }
        return left;
    }

    /** The arguments of each call that begins so. */
    private static List<String> calls(String text, String begin) {
        List<String> found = new ArrayList<>();
        for (int at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at + 1)) {
            int from = at + begin.length();
            found.add(text.substring(from, end(text, from)));
        }
        return found;
    }

    private static int end(String text, int from) {
        boolean quoted = false;
        int open = 1;
        int at = from;
        for (; open > 0; at++) {
            char c = text.charAt(at);
            quoted ^= c == '"' && text.charAt(at - 1) != '\\';
            open += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        return at - 1;
    }

    private static Properties texts(String resource) {
        try (InputStream in = ProblemTextsTest.class.getResourceAsStream(resource)) {
            Properties texts = new Properties();
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
