package cloud.wuye.payment.wechat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import cloud.wuye.payment.ChannelOutcome;
import cloud.wuye.payment.ChannelOutcome.Done;
import cloud.wuye.payment.ChannelOutcome.Doubt;
import cloud.wuye.payment.ChannelOutcome.Unknown;
import cloud.wuye.payment.FundFlowRow;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Multi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bills as WeChat Pay writes them, and such as it should not. */
class WeChatBillsTest {
    private static final String HEAD =
            "\uFEFF记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额（元）,账户结余（元）,资金变更提交申请人,备注,业务凭证号\r\n";
    private static final String ROW =
            "`2026-11-25 12:00:00,`4200001,`1,`交易,`交易,`收入,`50.30,`50.30,`system,`电费,含服务费 `特价`,`order-0001\r\n";
    private static final String TOTALS = "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额\r\n";

    private final WeChatBills bills = new WeChatBills(new SmallRyeConfigBuilder()
            .withMapping(WeChatConfig.class)
            .withDefaultValue("wuye.payment.wechat.max-bill-bytes", "100000")
            .build()
            .getConfigMapping(WeChatConfig.class));

    @Test
    void wideBracketsCommasAndBackTicksInAValueAreRead() throws IOException {
        List<FundFlowRow> rows = rows(HEAD + ROW + TOTALS + "`1,`1,`50.30,`0,`0.00\r\n");
        assertEquals(1, rows.size());
        assertEquals("电费,含服务费 `特价`", rows.get(0).remark());
        assertEquals(5030, rows.get(0).amountFen());
        assertEquals("order-0001", rows.get(0).voucherNo());
    }

    @Test
    void emptyBillHasNoRows() throws IOException {
        assertEquals(List.of(), rows(HEAD + TOTALS + "`0,`0,`0.00,`0,`0.00\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                HEAD,
                HEAD + ROW,
                HEAD + ROW + TOTALS,
                HEAD + ROW + TOTALS + "`2,`1,`50.30,`0,`0.00\r\n",
                HEAD + ROW + ROW + TOTALS + "`1,`1,`50.30,`0,`0.00\r\n",
                HEAD + TOTALS + "nonsense"
            })
    void incompleteBillIsUnreadable(String text) throws IOException {
        assertUnreadable(open(announced(text, "SHA1"), packed(text)));
    }

    @Test
    void billWithoutItsDigestIsUnreadable() throws IOException {
        String text = HEAD + ROW + TOTALS + "`1,`1,`50.30,`0,`0.00\r\n";
        assertUnreadable(open(announced(text, "SHA1"), packed(text.replace("50.30", "50.31"))));
        assertUnreadable(open(announced(text, "MD5"), packed(text)));
        assertUnreadable(open(announced(text, "SHA1"), text.getBytes(UTF_8)));
        assertUnreadable(open(announced(text, "SHA1"), Arrays.copyOf(packed(text), 60)));
        String huge = " ".repeat(100_001);
        assertUnreadable(open(announced(huge, "SHA1"), packed(huge)));
    }

    private List<FundFlowRow> rows(String text) throws IOException {
        ChannelOutcome<Multi<FundFlowRow>> outcome = open(announced(text, "SHA1"), packed(text));
        assertInstanceOf(Done.class, outcome, outcome.toString());
        return ((Done<Multi<FundFlowRow>>) outcome)
                .value()
                .collect()
                .asList()
                .await()
                .indefinitely();
    }

    private ChannelOutcome<Multi<FundFlowRow>> open(JsonNode announced, byte[] packed) {
        return bills.flows(announced, packed).await().indefinitely();
    }

    private static void assertUnreadable(ChannelOutcome<?> outcome) {
        assertInstanceOf(Unknown.class, outcome, outcome.toString());
        assertEquals(Doubt.UNREADABLE, ((Unknown<?>) outcome).doubt());
    }

    private static JsonNode announced(String text, String algorithm) {
        try {
            return new ObjectMapper()
                    .createObjectNode()
                    .put("hash_type", algorithm)
                    .put(
                            "hash_value",
                            HexFormat.of()
                                    .formatHex(
                                            MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packer = new GZIPOutputStream(bytes)) {
            packer.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
