import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { queryClient } from "./api/query-client.ts";
import { router } from "./router.tsx";
import { antdTheme } from "./theme/antd-theme.ts";
import { useScheme } from "./theme/use-scheme.ts";
import { useStillness } from "./theme/use-stillness.ts";

export function App() {
  const { i18n } = useTranslation();
  const { scheme } = useScheme();
  const isStill = useStillness();
  const theme = useMemo(() => antdTheme(scheme, isStill), [scheme, isStill]);
  return (
    <ConfigProvider
      theme={theme}
      locale={i18n.language === "en" ? enUS : zhCN}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>
  );
}
