package cloud.wuye.identity;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A real mail server: Keycloak sends over SMTP, a test fetches over POP3. Its port stands in a system property, because
 * Quarkus loads test classes in more than one class loader.
 */
final class MailBox {
    private static final String POP3_PORT = "wuye.test.pop3.port";
    private static final String SENDER = "no-reply@wuye.example";
    private static final String LOGIN = "wuye-mailer";
    private static final String PASSWORD = "mailer-secret";

    private final GreenMail server;

    private MailBox(GreenMail server) {
        this.server = server;
    }

    static MailBox opened() {
        GreenMail server = new GreenMail(new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_POP3)
        });
        server.start();
        server.setUser(SENDER, LOGIN, PASSWORD);
        System.setProperty(POP3_PORT, String.valueOf(server.getPop3().getPort()));
        return new MailBox(server);
    }

    void close() {
        server.stop();
    }

    /** What the service has to be told of it. */
    Map<String, String> settings() {
        return Map.of(
                "wuye.identity.realm.smtp.host",
                "127.0.0.1",
                "wuye.identity.realm.smtp.port",
                String.valueOf(server.getSmtp().getPort()),
                "wuye.identity.realm.smtp.from",
                SENDER,
                "wuye.identity.realm.smtp.username",
                LOGIN,
                "wuye.identity.realm.smtp.password",
                PASSWORD,
                "wuye.identity.realm.smtp.security",
                "none");
    }

    /** A letter: from whom, and its plain text. */
    record Letter(String from, String subject, String text) {}

    /** All letters to this address. */
    static List<Letter> to(String address) {
        try (Store store = Session.getInstance(new Properties()).getStore("pop3")) {
            // Whoever was written to has an account, with the address for a password.
            store.connect("127.0.0.1", Integer.getInteger(POP3_PORT), address, address);
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                List<Letter> letters = new ArrayList<>();
                for (Message message : inbox.getMessages()) {
                    letters.add(new Letter(message.getFrom()[0].toString(), message.getSubject(), plain(message)));
                }
                return letters;
            }
        } catch (jakarta.mail.AuthenticationFailedException nobodyWroteYet) {
            return List.of();
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String plain(Message message) throws MessagingException, IOException {
        Object content = new MimeMessage((MimeMessage) message).getContent();
        return content instanceof jakarta.mail.Multipart parts
                ? String.valueOf(parts.getBodyPart(0).getContent())
                : String.valueOf(content);
    }
}
