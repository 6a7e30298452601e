package cloud.wuye.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The commands of docs/how-to/backup.md, as they stand there, with folders of a test's own. */
final class BackupPage {
    private static final Path PAGE = Path.of("docs/how-to/backup.md");
    private static final String SHELL = "\\! ";
    private static final String OUTPUT = " \\g ";

    private final String text;

    /** @param folders what the page says, and what is meant here */
    BackupPage(Map<String, String> folders) throws IOException {
        String page = Files.readString(PAGE);
        for (Map.Entry<String, String> folder : new LinkedHashMap<>(folders).entrySet()) {
            if (!page.contains(folder.getKey())) {
                throw new IllegalStateException(PAGE + " does not say " + folder.getKey());
            }
            page = page.replace(folder.getKey(), folder.getValue());
        }
        text = page;
    }

    /** Runs a block of SQL, or of psql, over one connection; the rows that it returned, as text. */
    List<String> sql(String block, Connection connection) throws SQLException {
        List<String> rows = new ArrayList<>();
        for (String line : block(block).split("\n")) {
            if (line.startsWith(SHELL)) {
                shell(line.substring(SHELL.length()));
            } else {
                String[] parts = line.split(java.util.regex.Pattern.quote(OUTPUT), 2);
                List<String> found = statement(parts[0], connection);
                if (parts.length == 2) {
                    write(Path.of(parts[1]), String.join("\n", found) + "\n");
                } else {
                    rows.addAll(found);
                }
            }
        }
        return rows;
    }

    /** Runs a block of shell commands. */
    void sh(String block) {
        shell(block(block));
    }

    private String block(String name) {
        int mark = text.indexOf("<!-- drill: " + name + " -->");
        if (mark < 0) {
            throw new IllegalStateException(PAGE + " has no block " + name);
        }
        int begin = text.indexOf('\n', text.indexOf("```", mark)) + 1;
        return text.substring(begin, text.indexOf("\n```", begin));
    }

    private static List<String> statement(String sql, Connection connection) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                try (ResultSet result = statement.getResultSet()) {
                    while (result.next()) {
                        rows.add(result.getString(1));
                    }
                }
            }
        }
        return rows;
    }

    private static void shell(String script) {
        try {
            Path log = Files.createTempFile("backup-drill", ".log");
            Process process = new ProcessBuilder("/bin/sh", "-euc", script)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            String said = Files.readString(log);
            Files.delete(log);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("failed: " + script + "\n" + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
