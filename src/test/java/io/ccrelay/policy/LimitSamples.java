package io.ccrelay.policy;

import static io.ccrelay.policy.PolicySamples.may;
import static io.ccrelay.policy.PolicySamples.plain;
import static io.ccrelay.policy.PolicySamples.with;

import io.ccrelay.policy.PolicySamples.Attribute;
import io.ccrelay.policy.PolicySamples.Sample;
import java.util.ArrayList;
import java.util.List;

/** Every policy with every attribute: limits, security and language models. */
final class LimitSamples {

  private LimitSamples() {}

  private static List<Attribute> notices() {
    return List.of(
        plain("retry-after-header-name", "A", "retryAfterHeaderName=A", " "),
        plain("retry-after-variable-name", "B", "retryAfterVariableName=Optional[B]", " "),
        plain("remaining-calls-header-name", "C", "remainingCallsHeaderName=Optional[C]", " "),
        plain("remaining-calls-variable-name", "D", "remainingCallsVariableName=Optional[D]", " "),
        plain("total-calls-header-name", "E", "totalCallsHeaderName=Optional[E]", " "));
  }

  static List<Sample> limits() {
    return List.of(
        new Sample(
            "rate-limit",
            Section.INBOUND,
            "calls=\"10\" renewal-period=\"60\"><api id=\"a\" calls=\"5\" renewal-period=\"30\">"
                + "<operation name=\"o\" calls=\"1\" renewal-period=\"10\"/></api>",
            "RateLimit[calls=10, renewalPeriod=60, notices=Notices[retryAfterHeaderName=Retry-After,"
                + " retryAfterVariableName=Optional.empty, remainingCallsHeaderName=Optional.empty,"
                + " remainingCallsVariableName=Optional.empty, totalCallsHeaderName=Optional.empty],"
                + " apis=[ApiRate[api=Subject[id=Optional[a], name=Optional.empty], calls=5,"
                + " renewalPeriod=30, operations=[OperationRate[operation=Subject[id=Optional.empty,"
                + " name=Optional[o]], calls=1, renewalPeriod=10]]]]]",
            notices()),
        new Sample(
            "rate-limit-by-key",
            Section.INBOUND,
            "calls=\"10\" renewal-period=\"60\" counter-key=\"k\">",
            null,
            with(
                notices(),
                may("increment-condition", "false", "incrementCondition=false", "x"),
                may("increment-count", "3", "incrementCount=3", "x"),
                plain("increment-after-response", "true", "incrementAfterResponse=true", "x"),
                plain("flexible-retry-window", "true", "flexibleRetryWindow=true", "x"))),
        new Sample(
            "quota",
            Section.INBOUND,
            "calls=\"10\" renewal-period=\"0\"><api name=\"a\" bandwidth=\"5\" renewal-period=\"30\">"
                + "<operation id=\"o\" calls=\"1\" renewal-period=\"10\"/></api>",
            "Quota[volume=Volume[calls=Optional[10], bandwidth=Optional.empty], renewalPeriod=0,"
                + " apis=[ApiQuota[api=Subject[id=Optional.empty, name=Optional[a]],"
                + " volume=Volume[calls=Optional.empty, bandwidth=Optional[5]], renewalPeriod=30,"
                + " operations=[OperationQuota[operation=Subject[id=Optional[o],"
                + " name=Optional.empty], volume=Volume[calls=Optional[1],"
                + " bandwidth=Optional.empty], renewalPeriod=10]]]]]",
            List.of(plain("bandwidth", "7", "bandwidth=Optional[7]", "x"))),
        new Sample(
            "quota-by-key",
            Section.INBOUND,
            "calls=\"10\" renewal-period=\"300\" counter-key=\"k\">",
            "QuotaByKey[calls=Optional[10], bandwidth=Optional.empty, renewalPeriod=300,"
                + " counterKey=k, incrementCondition=true, incrementCount=1,"
                + " firstPeriodStart=0001-01-01T00:00:00Z]",
            List.of(
                may("bandwidth", "7", "bandwidth=Optional[7]", "x"),
                may("increment-condition", "false", "incrementCondition=false", "x"),
                may("increment-count", "3", "incrementCount=3", "x"),
                plain(
                    "first-period-start",
                    "2026-01-01T00:00:00Z",
                    "firstPeriodStart=2026-01-01T00:00:00Z",
                    "today"))));
  }

  static List<Sample> security() {
    return List.of(
        new Sample(
            "check-header",
            Section.INBOUND,
            "name=\"n\" failed-check-httpcode=\"401\" failed-check-error-message=\"m\""
                + " ignore-case=\"true\"><value>a</value>",
            "CheckHeader[name=n, failedCheckHttpCode=401, failedCheckErrorMessage=m,"
                + " ignoreCase=true, values=[a]]",
            List.of()),
        new Sample(
            "cors",
            Section.INBOUND,
            "><allowed-origins><origin>*</origin></allowed-origins><allowed-methods"
                + " preflight-result-max-age=\"5\"><method>GET</method></allowed-methods>"
                + "<allowed-headers><header>a</header></allowed-headers><expose-headers>"
                + "<header>b</header></expose-headers>",
            "Cors[allowCredentials=false, terminateUnmatchedRequest=true, allowedOrigins=[*],"
                + " allowedMethods=[GET], preflightMaxAge=Optional[5], allowedHeaders=[a],"
                + " exposeHeaders=[b]]",
            List.of(
                may("allow-credentials", "true", "allowCredentials=true", "x"),
                may(
                    "terminate-unmatched-request",
                    "false",
                    "terminateUnmatchedRequest=false",
                    "x"))),
        new Sample(
            "ip-filter",
            Section.INBOUND,
            "action=\"forbid\"><address>1.2.3.4</address><address-range from=\"a\" to=\"b\"/>",
            "IpFilter[action=FORBID, addresses=[1.2.3.4], ranges=[AddressRange[from=a, to=b]]]",
            List.of()),
        new Sample(
            "validate-jwt",
            Section.INBOUND,
            "header-name=\"Authorization\"><openid-config url=\"https://o\"/>"
                + "<issuer-signing-keys><key id=\"1\">c2VjcmV0</key><key n=\"n\" e=\"e\"/>"
                + "</issuer-signing-keys><decryption-keys><key certificate-id=\"c\"/></decryption-keys>"
                + "<audiences><audience>a</audience></audiences><issuers><issuer>i</issuer></issuers>"
                + "<required-claims><claim name=\"r\" match=\"any\" separator=\",\"><value>v</value>"
                + "</claim></required-claims>",
            "ValidateJwt[source=Header[name=Authorization], failedValidationHttpCode=401,"
                + " failedValidationErrorMessage=Optional.empty, requireExpirationTime=true,"
                + " requireScheme=Optional.empty, requireSignedTokens=true, clockSkew=0,"
                + " outputTokenVariableName=Optional.empty, openIdConfigs=[https://o],"
                + " issuerSigningKeys=[TokenKey[id=Optional[1], material=Secret[base64=c2VjcmV0]],"
                + " TokenKey[id=Optional.empty, material=Rsa[modulus=n, exponent=e]]],"
                + " decryptionKeys=[TokenKey[id=Optional.empty, material=CertificateId[id=c]]],"
                + " audiences=[a], issuers=[i], requiredClaims=[RequiredClaim[name=r, match=ANY,"
                + " separator=Optional[,], values=[v]]]]",
            List.of(
                may("failed-validation-httpcode", "403", "failedValidationHttpCode=403", "x"),
                may(
                    "failed-validation-error-message",
                    "no",
                    "failedValidationErrorMessage=Optional[no]",
                    ""),
                may("require-expiration-time", "false", "requireExpirationTime=false", "x"),
                may("require-scheme", "Bearer", "requireScheme=Optional[Bearer]", ""),
                may("require-signed-tokens", "false", "requireSignedTokens=false", "x"),
                may("clock-skew", "9", "clockSkew=9", "x"),
                plain(
                    "output-token-variable-name",
                    "t",
                    "outputTokenVariableName=Optional[t]",
                    " "))),
        new Sample(
            "authentication-basic",
            Section.INBOUND,
            "username=\"u\" password=\"p\">",
            "Basic[username=u, password=p]",
            List.of()),
        new Sample(
            "authentication-certificate",
            Section.INBOUND,
            "thumbprint=\"t\">",
            "Certificate[thumbprint=Optional[t], certificateId=Optional.empty,"
                + " body=Optional.empty, password=Optional.empty]",
            List.of(
                may("certificate-id", "c", "certificateId=Optional[c]", " "),
                may("body", "b", "body=Optional[b]", ""),
                may("password", "p", "password=Optional[p]", ""))),
        new Sample(
            "authentication-managed-identity",
            Section.INBOUND,
            "resource=\"r\">",
            "ManagedIdentity[resource=r, clientId=Optional.empty,"
                + " outputTokenVariableName=Optional.empty, ignoreError=false]",
            List.of(
                may("client-id", "c", "clientId=Optional[c]", " "),
                plain(
                    "output-token-variable-name", "t", "outputTokenVariableName=Optional[t]", " "),
                may("ignore-error", "true", "ignoreError=true", "x"))));
  }

  static List<Sample> models() {
    var samples = new ArrayList<Sample>();
    for (String family : List.of("llm-", "azure-openai-")) {
      samples.add(
          new Sample(
              family + "token-limit",
              Section.INBOUND,
              "counter-key=\"k\" tokens-per-minute=\"500\" token-quota=\"9000000000\">",
              "TokenLimit[counterKey=k, tokensPerMinute=Optional[500],"
                  + " quota=Optional[TokenQuota[tokens=9000000000, period=INDEFINITE]],"
                  + " estimatePromptTokens=false, promptType=AUTO, ignorePrompt=false,"
                  + " notices=TokenNotices[retryAfterHeaderName=Retry-After,"
                  + " retryAfterVariableName=Optional.empty,"
                  + " remainingTokensHeaderName=Optional.empty,"
                  + " remainingTokensVariableName=Optional.empty,"
                  + " remainingQuotaTokensHeaderName=Optional.empty,"
                  + " remainingQuotaTokensVariableName=Optional.empty,"
                  + " tokensConsumedHeaderName=Optional.empty,"
                  + " tokensConsumedVariableName=Optional.empty]]",
              tokenLimit()));
      samples.add(
          new Sample(
              family + "emit-token-metric",
              Section.INBOUND,
              "><dimension name=\"API ID\"/><dimension name=\"team\" value=\"a\"/>",
              "EmitTokenMetric[name=Optional.empty, namespace=API Management, ignorePrompt=false,"
                  + " dimensions=[Dimension[name=API ID, value=Optional.empty],"
                  + " Dimension[name=team, value=Optional[a]]]]",
              List.of(
                  plain("name", "n", "name=Optional[n]", " "),
                  plain("namespace", "n", "namespace=n", " "),
                  plain("ignore-prompt", "true", "ignorePrompt=true", "x"))));
      samples.add(
          new Sample(
              family + "semantic-cache-lookup",
              Section.INBOUND,
              "score-threshold=\"0.05\" embeddings-backend-id=\"b\"><vary-by>x</vary-by>",
              "SemanticLookup[scoreThreshold=0.05, embeddingsBackendId=b,"
                  + " embeddingsBackendAuth=SYSTEM_ASSIGNED, ignoreSystemMessages=false,"
                  + " maxMessageCount=Optional.empty, cacheId=Optional.empty, varyBy=[x]]",
              List.of(
                  plain("embeddings-backend-auth", "header", "embeddingsBackendAuth=HEADER", "x"),
                  may("ignore-system-messages", "true", "ignoreSystemMessages=true", "x"),
                  may("max-message-count", "4", "maxMessageCount=Optional[4]", "0"),
                  plain("cache-id", "c", "cacheId=Optional[c]", " "))));
      samples.add(
          new Sample(
              family + "semantic-cache-store",
              Section.OUTBOUND,
              "duration=\"60\">",
              "SemanticStore[duration=60, cacheResponse=false]",
              List.of(may("cache-response", "true", "cacheResponse=true", "x"))));
    }
    return samples;
  }

  private static List<Attribute> tokenLimit() {
    return List.of(
        may("token-quota-period", "Daily", "period=DAILY", "Secondly"),
        may("estimate-prompt-tokens", "true", "estimatePromptTokens=true", "x"),
        plain("prompt-type", "embeddings", "promptType=EMBEDDINGS", "x"),
        plain("ignore-prompt", "true", "ignorePrompt=true", "x"),
        plain("retry-after-header-name", "A", "retryAfterHeaderName=A", " "),
        plain("retry-after-variable-name", "A", "retryAfterVariableName=Optional[A]", " "),
        plain("remaining-tokens-header-name", "A", "remainingTokensHeaderName=Optional[A]", " "),
        plain(
            "remaining-tokens-variable-name", "A", "remainingTokensVariableName=Optional[A]", " "),
        plain(
            "remaining-quota-tokens-header-name",
            "A",
            "remainingQuotaTokensHeaderName=Optional[A]",
            " "),
        plain(
            "remaining-quota-tokens-variable-name",
            "A",
            "remainingQuotaTokensVariableName=Optional[A]",
            " "),
        plain("tokens-consumed-header-name", "A", "tokensConsumedHeaderName=Optional[A]", " "),
        plain("tokens-consumed-variable-name", "A", "tokensConsumedVariableName=Optional[A]", " "));
  }
}
